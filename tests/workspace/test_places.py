"""Where the files of a workspace lie."""

from pipeline.workspace import config, places


def written(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")


def test_a_catalogue_lies_by_its_language_and_document(workspace):
    settings = config.read(workspace)
    path = places.catalogue_path(settings, "fr", "1988/letter")
    assert path == settings.translations / "fr/1988/letter.po"
    assert places.catalogue_of(settings, path) == ("fr", "1988/letter")
    written(settings.translations, "fr/1988/letter.po", "fr/a.po", "fr/a.po~", "fr/.b.po", "en/c.po")
    assert [name for name, _ in places.catalogues(settings, "fr")] == ["1988/letter", "a"]
    assert list(places.catalogues(settings, "de")) == []


def test_what_can_be_no_id_is_not_listed(tmp_path):
    written(tmp_path, "b.po", "a/c.po", "x.y/d.po", "kept/e.po", ".f/g.po", "h.txt")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert list(places.listed(tmp_path, ".po", {"kept"})) == ["a/c", "b"]
    assert list(places.below(tmp_path, ".po", {"kept"})) == [("a/c", tmp_path / "a/c.po"), ("b", tmp_path / "b.po")]


def test_names_below_a_folder_are_those_of_all_its_folders(tmp_path):
    written(tmp_path, "b.po", "a/c.po", "x.y/d.po", "a/.e.po")
    assert places.names_below(tmp_path, ".po") == ["a/c", "b", "x.y/d"]


def test_folders_are_found_and_not_what_is_in_links_or_shut_ones(tmp_path):
    written(tmp_path, "a/b/c", "shut/d/e", "file")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    found = [path.relative_to(tmp_path).as_posix() for path in places.folders(tmp_path, {"shut"})]
    assert found == ["a", "a/b", "link", "shut"]


def test_a_folder_is_in_an_id_unless_it_is_that_of_a_language_or_of_all(workspace):
    settings = config.read(workspace)
    inside = {name: places.is_in_an_id(settings, workspace / name) for name in (
        "seeds", "seeds/1988", "translations/fr", "translations/fr/1988", "output/letter", "output/outbox", "keys")}  # fmt: skip
    assert [name for name, is_so in inside.items() if is_so] == ["seeds/1988", "translations/fr/1988", "output/letter"]
