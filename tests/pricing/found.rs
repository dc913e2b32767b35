//! What a quote says under a key of a case.

use dealdesk::number::Rate;
use serde_json::Value;

/// The values under a key, one or a list of them; nothing where the quote has no such figure.
pub fn found(key: &str, quote: &Value) -> Option<Vec<String>> {
    match key {
        "list_unit" => one(&only_line(quote)?["list_unit_price"]),
        "net_unit" => one(&only_line(quote)?["net_unit_price"]),
        "monthly" | "edition" => one(&only_line(quote)?[key]),
        "waterfall" => each(&only_line(quote)?["waterfall"], step),
        "years" => each(&only_line(quote)?["periods"], year),
        "lines" => each(&quote["lines"], |line| text(&line["tcv"])),
        "services" => each(&quote["services"], service),
        "included_before" => each(&quote["services"], |it| {
            Some(format!("{} {}", text(&it["name"])?, text(&it["included_before"])?))
        }),
        "policy_unit" => one(&only_line(quote)?["policy_unit_price"]),
        "policy_years" => each(&only_line(quote)?["periods"], |it| text(&it["policy_unit_price"])),
        "policy_tcv" => one(&quote["totals"]["policy_tcv"]),
        "currency" => one(&quote["currency"]),
        "annual" => one(&quote["totals"]["arr"]),
        "committed" => Some(quote["lines"].as_array()?.iter().filter_map(committed).collect()),
        "committed_tcv" | "one_time" | "exit_arr" | "acv" | "list_tcv" | "tcv" | "discount" => {
            one(&quote["totals"][key])
        }
        "resold" => each(&quote["channel"]["lines"], resold),
        "partner_annual" => one(partner(quote, "partner_arr", "partner_annual")?),
        "partner_tcv" | "kept_tcv" => one(partner(quote, key, key)?),
        "rebates" => {
            Some(quote["channel"]["incentives"].as_array()?.iter().filter_map(rebate).collect())
        }
        "our_net_tcv" => one(partner(quote, key, "partner_tcv")?),
        "break_even_revenue" => one(&quote["channel"][key]),
        "compared" => {
            let each = quote["comparisons"].as_array().into_iter().flatten();
            each.flat_map(|it| [side(it, "list"), side(it, "net").map(|net| net + &needs(it))])
                .collect()
        }
        "end" => one(&quote["end"]),
        "renewal" => {
            let date = |key: &str| text(&quote["renewal"][key]);
            Some([date("work_from"), date("notice_by")].into_iter().flatten().collect())
        }
        "first_part" => {
            let part = &quote["first_part"];
            Some(vec![format!("{}/{} {}", part["count"], part["of"], text(&part["unit"])?)])
        }
        "invoices" => each(&quote["invoices"], invoice),
        "covers" => {
            let items =
                quote["invoices"].as_array()?.iter().filter_map(|it| it["items"].as_array());
            Some(items.flatten().map(days).collect())
        }
        "level" => one(&quote["approvals"]["level"]),
        "requires" => each(&quote["approvals"]["required"], |it| text(&it["rule"])),
        "clauses" => each(&quote["clauses"], clause),
        "violations" => each(&quote["violations"], |it| text(&it["rule"])),
        "warnings" => codes(quote, "warning"),
        "notes" => codes(quote, "note"),
        "says" => Some(said(quote)),
        _ => None,
    }
}

/// A deal of several lines has no one unit price.
fn only_line(quote: &Value) -> Option<&Value> {
    let [line] = quote["lines"].as_array()?.as_slice() else { return None };
    Some(line)
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn one(value: &Value) -> Option<Vec<String>> {
    text(value).map(|value| vec![value])
}

fn each(list: &Value, show: impl Fn(&Value) -> Option<String>) -> Option<Vec<String>> {
    list.as_array()?.iter().map(show).collect()
}

/// "volume 15% 2550.00"; "coupon -25.00 75.00" where it is no rate; "list 3000.00".
fn step(step: &Value) -> Option<String> {
    let (name, price) = (text(&step["step"])?, text(&step["unit_price"])?);
    let rate = step["rate"].as_str().map(|rate| Rate::parse(rate).expect("a rate").to_string());
    let change = rate.or_else(|| text(&step["amount"])).map(|change| format!(" {change}"));
    Some(format!("{name}{} {price}", change.unwrap_or_default()))
}

/// "migration 130.00 - 100.00 = 30.00".
fn service(service: &Value) -> Option<String> {
    let keys = ["name", "value", "included", "price"].map(|key| service[key].as_str());
    let [name, value, included, price] = keys;
    Some(format!("{} {} - {} = {}", name?, value?, included?, price?))
}

/// "escrow red-line svp legal".
fn clause(clause: &Value) -> Option<String> {
    let [name, class, level] = ["name", "class", "level"].map(|key| clause[key].as_str());
    let review = clause["review"].as_str().map(|review| format!(" {review}"));
    Some(format!("{} {} {}{}", name?, class?, level?, review.unwrap_or_default()))
}

fn year(year: &Value) -> Option<String> {
    let [quantity, net, tcv] = ["quantity", "net_unit_price", "tcv"].map(|key| year[key].as_str());
    Some(format!("{} x {} = {}", quantity?, net?, tcv?))
}

/// A total of the resale, or of the share of revenue.
fn partner<'a>(quote: &'a Value, resale: &str, split: &str) -> Option<&'a Value> {
    let channel = &quote["channel"];
    channel["totals"].get(resale).or_else(|| channel.get(split))
}

fn resold(line: &Value) -> Option<String> {
    let keys = ["customer_unit_price", "partner_unit_price", "unit_margin"];
    let [customer, partner, margin] = keys.map(|key| line[key].as_str());
    Some(format!("{} - {} = {}", customer?, partner?, margin?))
}

/// What is paid back of the invoices; nothing of an incentive that is added to the rate.
fn rebate(incentive: &Value) -> Option<String> {
    let text = |key: &str| incentive[key].as_str();
    let rate = Rate::parse(text("rate")?).ok()?;
    Some(format!("{} {rate} {}", text("name")?, text("tcv")?))
}

fn side(comparison: &Value, name: &str) -> Option<String> {
    let found = &comparison[format!("at_{name}")];
    let figure = |key: &str| text(&found[key]);
    Some(if comparison["kind"] == "perpetual" {
        let year = figure("break_even_year").map_or("never".to_owned(), |it| format!("year {it}"));
        let saved = figure("saved").unwrap_or_else(|| "nothing".to_owned());
        let about = if found["saved_exact"] == false { " about" } else { "" };
        let (perpetual, subscription) = (figure("perpetual")?, figure("subscription")?);
        format!("{name} {perpetual} or {subscription}:{about} {saved} saved, {year}")
    } else {
        let (used, bought) = (figure("consumption_annual")?, figure("subscription_annual")?);
        let or_none = |key| figure(key).unwrap_or_else(|| "none".to_owned());
        format!(
            "{name} {used} or {bought}: {}x, {}",
            or_none("multiple"),
            or_none("break_even_use")
        )
    })
}

/// What the subscription would need.
fn needs(comparison: &Value) -> String {
    match comparison["level"].as_str() {
        _ if comparison["outside_policy"] == true => "; outside policy".to_owned(),
        Some("none") | None => String::new(),
        Some(level) => format!("; {level}"),
    }
}

/// Nothing for a line without a commitment.
fn committed(line: &Value) -> Option<String> {
    let keys = ["quantity", "net_unit_price", "monthly", "tcv"];
    let [quantity, net, monthly, tcv] = keys.map(|key| line["committed"][key].as_str());
    Some(format!("{} x {} = {} a month, {}", quantity?, net?, monthly?, tcv?))
}

fn invoice(invoice: &Value) -> Option<String> {
    let [date, due, amount] = ["date", "due", "amount"].map(|key| invoice[key].as_str());
    Some(format!("{} due {} {}", date?, due?, amount?))
}

fn days(item: &Value) -> String {
    let [from, to] = ["from", "to"].map(|key| item[key].as_str());
    from.map_or("once".to_owned(), |from| format!("{from} to {}", to.unwrap_or_default()))
}

fn codes(quote: &Value, severity: &str) -> Option<Vec<String>> {
    let notices = quote["warnings"].as_array()?.iter();
    notices.filter(|notice| notice["severity"] == severity).map(|it| text(&it["code"])).collect()
}

/// Every sentence of the quote.
fn said(quote: &Value) -> Vec<String> {
    let lists = [&quote["approvals"]["required"], &quote["violations"], &quote["warnings"]];
    let things = lists.into_iter().filter_map(Value::as_array).flatten();
    things.filter_map(|it| text(&it["message"]).or_else(|| text(&it["reason"]))).collect()
}
