DROP TABLE decisions;
DROP TABLE plugin_versions;
DROP TABLE plugins;
DROP TABLE plugin_files;
ALTER TABLE accounts DROP COLUMN skills;
ALTER TABLE accounts DROP COLUMN languages;
ALTER TABLE accounts DROP COLUMN most_chats;
