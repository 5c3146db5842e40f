//! Addresses that lead to the same article.

/// Parameters by which links are counted; they do not change what is shown. Campaign parameters begin with `utm_`.
const TRACKING: [&str; 24] = [
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "yclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "cmpid",
    "cmp",
    "ocid",
    "ncid",
    "smid",
    "smtyp",
    "ref",
    "ref_src",
    "referrer",
    "src",
    "s_cid",
    "spm",
    "share",
    "feature",
    "at_medium",
    "at_campaign",
];

/// The address without what does not tell articles apart: scheme, `www.`, `m.`, a fragment that is no route, tracking parameters, a trailing
/// slash. For comparing only.
pub(super) fn plain(address: &str) -> String {
    let address = address.trim();
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    // "#!/article/1": a page that script fills is told by its fragment.
    let fragment = fragment.trim_end_matches('/');
    let route = if fragment.starts_with(['!', '/']) { fragment } else { "" };
    let (path, query) = rest.split_once('?').map_or((rest, ""), |(path, query)| (path, query));
    let (host, path) = path.split_at(path.find('/').unwrap_or(path.len()));
    let host = host.to_ascii_lowercase();
    let host = ["www.", "m.", "amp."]
        .iter()
        .find_map(|p| host.strip_prefix(p))
        .unwrap_or(&host);
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix("/amp").unwrap_or(path);
    let mut kept: Vec<&str> = query
        .split('&')
        .filter(|pair| {
            let name = pair.split('=').next().unwrap_or("").to_ascii_lowercase();
            !name.is_empty() && !name.starts_with("utm_") && !TRACKING.contains(&name.as_str())
        })
        .collect();
    kept.sort_unstable();
    let mark = if kept.is_empty() { "" } else { "?" };
    let hash = if route.is_empty() { "" } else { "#" };
    format!("{host}{path}{mark}{}{hash}{route}", kept.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_counts_readers_is_left_out() {
        let article = plain("https://www.post.example/a/bridge.html");
        for same in [
            "http://post.example/a/bridge.html",
            "https://m.post.example/a/bridge.html#comments",
            "https://POST.example/a/bridge.html?utm_source=x&fbclid=1",
            "https://post.example/a/bridge.html/",
            "https://post.example/a/bridge.html/amp/?ref=home",
        ] {
            assert_eq!(plain(same), article, "{same}");
        }
        for other in [
            "https://post.example/a/bridge.html?id=2",
            "https://post.example/a/Bridge.html",
            "https://news.post.example/a/bridge.html",
            "https://post.example/a/bridge.html#!/part/2",
        ] {
            assert_ne!(plain(other), article, "{other}");
        }
        assert_eq!(plain("x.example/?b=1&a=2&utm_x="), plain("x.example?a=2&b=1"));
        assert_eq!(plain(""), "");
    }
}
