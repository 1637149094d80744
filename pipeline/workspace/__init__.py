"""The folder people work in: settings, files, their earlier versions."""
