//! Paths from the top of a repository, as people write them.

/// Returns a path as git has it: without `.`, `..` and empty parts. Links are not followed: the gate judges none.
///
/// # Errors
/// Why the path names nothing inside the repository.
pub fn path_from_top(written: &str) -> Result<String, &'static str> {
    if written.starts_with('/') {
        return Err("a path from the top of the repository does not begin with /");
    }
    let mut parts = Vec::new();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop().ok_or("this path leaves the repository")?),
            part => parts.push(part),
        }
    }
    if parts.is_empty() {
        return Err("this is the whole repository: name a path in it");
    }
    Ok(parts.join("/"))
}
