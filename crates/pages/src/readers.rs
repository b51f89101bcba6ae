//! How a server reads the answer, in a line of each language. `docs/server.md` prints these lines, and so does the page for
//! developers; the tests run them as they are printed.

/// A line that says whether a purpose is allowed, as a variable of its own.
pub struct Reader {
    pub language: &'static str,
    /// The code, with gaps: `{cookie}` and `{purpose}` are names, `{variable}` is what is set.
    line: &'static str,
}

/// The languages, in the order in which they are shown.
pub const READERS: [Reader; 5] = [
    Reader {
        language: "nginx",
        line: r#"map $http_cookie ${variable} { default 0; "~(^|;\s*){cookie}=[^;]*\.{purpose}1([.;]|$)" 1; }"#,
    },
    Reader {
        language: "Apache",
        line: r#"SetEnvIf Cookie "(?:^|;\s*){cookie}=[^;]*\.{purpose}1(?:[.;]|$)" {variable}"#,
    },
    Reader {
        language: "PHP",
        line: r"${variable} = preg_match('/\.{purpose}1(\.|$)/D', $_COOKIE['{cookie}'] ?? '') === 1;",
    },
    Reader {
        language: "Node.js",
        line: r#"const {variable} = /(?:^|;\s*){cookie}=[^;]*\.{purpose}1(?:[.;]|$)/.test(request.headers.cookie ?? "");"#,
    },
    Reader {
        language: "Rust",
        line: r#"let {variable} = doui_core::from_cookie_header_with_gpc(cookies, gpc, &terms, now).allows("{purpose}");"#,
    },
];

impl Reader {
    /// The line for a purpose of a shop whose cookie has this name.
    pub fn line(&self, cookie: &str, purpose: &str) -> String {
        let variable = format!("allows_{}", purpose.replace('-', "_"));
        self.line
            .replace("{variable}", &variable)
            .replace("{cookie}", cookie)
            .replace("{purpose}", purpose)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documents_print_these_lines() {
        let server = include_str!("../../../docs/server.md");
        for reader in &READERS {
            let line = format!(
                "- **{}**: `{}`\n",
                reader.language,
                reader.line("doui", "ads")
            );
            assert!(
                server.contains(&line)
                    || server.contains(&line.replace("`\n", "` (`http` block)\n")),
                "docs/server.md lacks {line}"
            );
        }
        let readme = include_str!("../../../README.md");
        let php = READERS
            .iter()
            .find(|reader| reader.language == "PHP")
            .unwrap();
        let line = php.line("doui", "ads");
        assert!(readme.contains(&line), "README.md lacks {line}");
    }
}
