"""What partners write: e-mails and files → documents that an editor may accept. Nothing is published from here."""
