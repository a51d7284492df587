//! The files of the repository, those of text with their text, or a few planted ones.

use std::fs;
use std::path::Path;

/// Folders that hold what tools made; the same names as in `.gitignore`.
const MADE_BY_TOOLS: [&str; 8] =
    [".git", "target", "node_modules", "dist", "data", "test-results", "playwright-report", "artifacts"];

/// One file; the path is relative to the root, with slashes.
pub(super) struct File {
    pub path: String,
    pub text: String,
}

impl File {
    /// The part of the name after the last dot.
    pub fn ending(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or_default()
    }

    /// Its lines with their numbers, from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// The folder it stands in, without a slash at the end.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// Every file, sorted by path.
pub(super) struct Tree {
    files: Vec<File>,
}

impl Tree {
    /// Reads the repository this test was built in.
    pub fn of_repository() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let mut files = Vec::new();
        read_folder(root, "", &mut files);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files }
    }

    /// Only these files.
    pub fn planted(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| File { path: (*path).to_owned(), text: (*text).to_owned() };
        Self { files: files.iter().map(file).collect() }
    }

    pub fn files(&self) -> impl Iterator<Item = &File> {
        self.files.iter()
    }

    /// Files whose names end in one of these.
    pub fn with_ending(&self, endings: &'static [&'static str]) -> impl Iterator<Item = &File> {
        self.files().filter(move |file| endings.contains(&file.ending()))
    }

    /// Files in this folder and below.
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a File> {
        self.files().filter(move |file| file.path.starts_with(folder))
    }

    pub fn get(&self, path: &str) -> Option<&File> {
        self.files().find(|file| file.path == path)
    }

    /// Is there a file or folder of this path?
    pub fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        self.files().any(|file| file.path == path || file.path.starts_with(&folder))
    }
}

fn read_folder(root: &Path, folder: &str, files: &mut Vec<File>) {
    for entry in fs::read_dir(root.join(folder)).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        let kind = entry.file_type().unwrap();
        if kind.is_dir() && !MADE_BY_TOOLS.contains(&name.as_str()) {
            read_folder(root, &path, files);
        } else if kind.is_file() {
            // Pictures and fuzz inputs have a name but no text. A file that vanished meanwhile is nobody's violation.
            if let Ok(bytes) = fs::read(entry.path()) {
                files.push(File { path, text: String::from_utf8(bytes).unwrap_or_default() });
            }
        }
    }
}
