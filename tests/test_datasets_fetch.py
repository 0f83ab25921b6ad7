"""Fetching a data set: the right file or none, over a server on this machine that misbehaves."""

from __future__ import annotations

import hashlib
import re
import socket
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from terminal import Terminal, put

from newsresearch import datasets
from newsresearch.articles import ArticleError
from newsresearch.datasets import download
from newsresearch.datasets.bundled import BUNDLED
from newsresearch.datasets.fetching import is_here, locate
from newsresearch.datasets.registry import DataFile, Dataset, known_datasets

CONTENT = b"".join(b"line %d of an invented file\n" % number for number in range(9000))
HALF = len(CONTENT) // 2


class Server(ThreadingHTTPServer):
    """Serves one content; `answers` says for each request in turn how, the last one for ever."""

    daemon_threads = True
    content = CONTENT
    answers: list[str]
    ranges: list[str]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        asked = self.headers.get("Range", "")
        self.server.ranges.append(asked)
        answers = self.server.answers
        getattr(self, answers.pop(0) if len(answers) > 1 else answers[0])(asked)

    def whole(self, asked: str, cut: int | None = None) -> None:
        content = self.server.content
        start = int(re.findall(r"\d+", asked)[0]) if asked else 0
        if asked and start >= len(content):
            return self.send_error(416)
        self.send_response(206 if asked else 200)
        if asked:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        return self.send(content[start:], cut)

    def send(self, content: bytes, cut: int | None = None) -> None:
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[:cut])

    def half(self, asked: str) -> None:
        self.whole(asked, cut=HALF)

    def nothing(self, asked: str) -> None:
        self.whole(asked, cut=0)

    def half_without_range(self, asked: str) -> None:
        self.send_response(200)
        self.send(self.server.content, cut=HALF)

    def whole_without_range(self, asked: str) -> None:
        self.send_response(200)
        self.send(self.server.content)

    def wrong_place(self, asked: str) -> None:
        self.send_response(206)
        self.send_header("Content-Range", f"bytes 0-{len(CONTENT) - 1}/{len(CONTENT)}")
        self.send(self.server.content)

    def endless(self, asked: str) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(200):
                self.wfile.write(CONTENT)
        except OSError:  # the client has had enough, as it should
            self.server.answers = ["stopped"]

    def missing(self, asked: str) -> None:
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as running:
        running.answers, running.ranges = ["whole"], []
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the set in an empty cache; the user has no files of their own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("NEWSRESEARCH_DATA", raising=False)
    monkeypatch.delenv("NEWSRESEARCH_OFFLINE", raising=False)
    monkeypatch.setattr(
        "newsresearch.datasets.fetching._cache", lambda: tmp_path / "cache" / "newsresearch"
    )
    return tmp_path / "cache" / "newsresearch" / "harbour"


def make_set(url: str, sha256: str | None = None, size: int = len(CONTENT)) -> Dataset:
    right = hashlib.sha256(CONTENT).hexdigest()
    digest = right if sha256 is None else sha256
    file = DataFile("harbour", (), "notes.txt", "", url, size, digest, "")
    return Dataset("harbour", "harbour", "", 1, "", "", "", "http://home.example", (file,))


@pytest.fixture
def harbour(server: Server) -> Dataset:
    return make_set(f"http://127.0.0.1:{server.server_port}/notes.txt")


def left_over(cache: Path) -> list[str]:
    return sorted(path.name for path in cache.glob("*")) if cache.is_dir() else []


def test_the_right_file_is_kept_and_not_asked_for_again(
    server: Server, harbour: Dataset, cache: Path
) -> None:
    assert not is_here(harbour)
    assert locate(harbour, "") == {"notes.txt": cache / "notes.txt"}
    assert (cache / "notes.txt").read_bytes() == CONTENT
    assert is_here(harbour) and left_over(cache) == ["notes.txt"]
    locate(harbour, "")
    assert server.ranges == [""]


@pytest.mark.parametrize("progress", [True, False])
def test_a_terminal_shows_how_much_is_fetched_if_asked(
    progress: bool, server: Server, harbour: Dataset, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers = ["half", "whole"]
    terminal = Terminal()
    put(terminal, monkeypatch)
    locate(harbour, "", progress)
    of = f" of {len(CONTENT):,} bytes"
    assert {f"{HALF:,}{of}", f"{len(CONTENT):,}{of}"} <= set(terminal.shown()) or not progress
    assert terminal.shown()[-1] == "" and bool(terminal.getvalue()) == progress


def test_one_wrong_byte_and_nothing_is_kept(server: Server, harbour: Dataset, cache: Path) -> None:
    server.content = CONTENT[:-2] + b"!\n"
    with pytest.raises(ArticleError, match=r"harbour from http://127.* not the file that was publ"):
        locate(harbour, "")
    assert left_over(cache) == []


def test_a_refused_file_leaves_the_old_copy(server: Server, harbour: Dataset, cache: Path) -> None:
    cache.mkdir(parents=True)
    (cache / "notes.txt").write_bytes(b"older")
    assert not is_here(harbour)
    server.content = CONTENT[::-1]
    with pytest.raises(ArticleError, match="not the file that was published"):
        locate(harbour, "")
    assert left_over(cache) == ["notes.txt"]
    assert (cache / "notes.txt").read_bytes() == b"older"


def test_a_copy_that_was_changed_is_fetched_again(
    server: Server, harbour: Dataset, cache: Path
) -> None:
    path = locate(harbour, "")["notes.txt"]
    path.write_bytes(CONTENT.replace(b"7", b"8"))
    assert locate(harbour, "")["notes.txt"].read_bytes() == CONTENT
    assert len(server.ranges) == 2


def test_a_cut_download_goes_on_where_it_was_cut(
    server: Server, harbour: Dataset, cache: Path
) -> None:
    server.answers = ["half", "whole"]
    assert locate(harbour, "")["notes.txt"].read_bytes() == CONTENT
    assert server.ranges == ["", f"bytes={HALF}-"]
    assert left_over(cache) == ["notes.txt"]


def test_a_later_call_goes_on_too(server: Server, harbour: Dataset, cache: Path) -> None:
    server.answers = ["half", "nothing"]
    with pytest.raises(ArticleError, match=f"harbour from http://.* {HALF:,} of {len(CONTENT):,}"):
        locate(harbour, "")
    assert left_over(cache) == ["notes.txt.part"] and not is_here(harbour)
    server.answers, server.ranges = ["whole"], []
    assert locate(harbour, "")["notes.txt"].read_bytes() == CONTENT
    assert server.ranges == [f"bytes={HALF}-"] and left_over(cache) == ["notes.txt"]


@pytest.mark.parametrize("answer", ["whole_without_range", "wrong_place"])
def test_a_server_that_cannot_go_on_sends_it_all_again(
    server: Server, harbour: Dataset, cache: Path, answer: str
) -> None:
    server.answers = ["half", answer]
    assert locate(harbour, "")["notes.txt"].read_bytes() == CONTENT
    assert server.ranges == ["", f"bytes={HALF}-"]


def test_a_download_that_is_always_cut_is_refused(
    server: Server, harbour: Dataset, cache: Path
) -> None:
    server.answers = ["half_without_range"]
    with pytest.raises(ArticleError, match="Try again later, or do it by hand"):
        locate(harbour, "")
    assert len(server.ranges) == 3 and not (cache / "notes.txt").exists()


def test_a_wrong_beginning_is_found_out_and_forgotten(
    server: Server, harbour: Dataset, cache: Path
) -> None:
    cache.mkdir(parents=True)
    (cache / "notes.txt.part").write_bytes(b"x" * HALF)
    with pytest.raises(ArticleError, match="not the file that was published"):
        locate(harbour, "")
    assert left_over(cache) == []
    assert locate(harbour, "")["notes.txt"].read_bytes() == CONTENT


def test_a_beginning_longer_than_the_file_is_thrown_away(
    server: Server, harbour: Dataset, cache: Path
) -> None:
    cache.mkdir(parents=True)
    (cache / "notes.txt.part").write_bytes(b"x" * len(CONTENT) * 2)
    assert locate(harbour, "")["notes.txt"].read_bytes() == CONTENT


def test_an_endless_answer_is_cut_at_the_size_that_was_promised(
    server: Server, harbour: Dataset, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []
    read = download._read

    def counted(answer: object, most: int) -> bytes:
        chunk = read(answer, most)  # type: ignore[arg-type]
        taken.append(len(chunk))
        return chunk

    monkeypatch.setattr(download, "_read", counted)
    server.answers = ["endless"]
    with pytest.raises(ArticleError, match="not the file that was published"):
        locate(harbour, "")
    assert sum(taken) == len(CONTENT) + 1
    assert left_over(cache) == []


def test_a_page_that_is_gone_says_so(server: Server, harbour: Dataset, cache: Path) -> None:
    server.answers = ["missing"]
    with pytest.raises(ArticleError, match="the server answered 404"):
        locate(harbour, "")
    assert left_over(cache) == []


def test_without_a_network_the_error_says_what_to_do(cache: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/notes.txt"
    with pytest.raises(ArticleError) as refused:
        locate(make_set(url), "")
    said = str(refused.value)
    assert "notes.txt of harbour" in said and "no connection" in said
    assert f"Get {url}, save it as " in said.replace("get ", "Get ")
    assert "harbour/notes.txt; set NEWSRESEARCH_DATA" in said


@pytest.mark.parametrize("value", ["1", "yes"])
def test_offline_means_offline(
    server: Server, harbour: Dataset, cache: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("NEWSRESEARCH_OFFLINE", value)
    with pytest.raises(ArticleError, match="NEWSRESEARCH_OFFLINE forbids"):
        locate(harbour, "")
    assert server.ranges == []
    monkeypatch.setenv("NEWSRESEARCH_OFFLINE", "0")
    locate(harbour, "")
    monkeypatch.setenv("NEWSRESEARCH_OFFLINE", value)
    assert locate(harbour, "")["notes.txt"].read_bytes() == CONTENT


def test_without_pooch_the_error_says_how_to_install_it(
    server: Server, harbour: Dataset, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pooch", None)
    with pytest.raises(ArticleError, match=re.escape("pip install 'newsresearch[data]'")):
        locate(harbour, "")
    assert server.ranges == [] and not is_here(harbour)


def test_a_cache_that_cannot_be_written_is_named(
    server: Server, harbour: Dataset, cache: Path
) -> None:
    cache.parent.mkdir(parents=True)
    cache.write_bytes(b"a file where the folder should be")
    with pytest.raises(ArticleError, match=r"the folder .*harbour cannot be written"):
        locate(harbour, "")


def test_a_file_without_a_checksum_is_never_asked_for(server: Server, cache: Path) -> None:
    unknown = make_set(f"http://127.0.0.1:{server.server_port}/notes.txt", sha256="")
    with pytest.raises(ArticleError, match=r"cannot be fetched. Get http"):
        locate(unknown, "")
    assert server.ranges == []


@pytest.mark.parametrize("name", ["notes.txt", "notes.txt.gz"])
def test_files_of_the_user_come_first(
    server: Server, harbour: Dataset, cache: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    own = cache.parent.parent.parent / "own" / "harbour" / name
    own.parent.mkdir(parents=True)
    own.write_bytes(b"mine")
    monkeypatch.setenv("NEWSRESEARCH_DATA", str(own.parent.parent))
    assert locate(harbour, "") == {"notes.txt": own}
    assert server.ranges == []


def test_load_dataset_fetches_what_is_asked_for_and_nothing_else(
    server: Server, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.content = (
        b'{"article": "A ship sank.", "summary_sentences": [{"sentence": "It sank.", '
        b'"responses": [{"response": "yes"}]}]}\n'
    )
    known = known_datasets()
    xsum, cnndm = known["qags"].files
    here = replace(
        xsum,
        url=f"http://127.0.0.1:{server.server_port}/{xsum.name}",
        size=len(server.content),
        sha256=hashlib.sha256(server.content).hexdigest(),
    )
    qags = replace(known["qags"], files=(here, cnndm))
    monkeypatch.setattr(datasets, "known_datasets", lambda: known | {"qags": qags})
    datasets.list_datasets()
    assert server.ranges == []
    assert datasets.load_dataset("qags")["label"].tolist() == ["supported"]
    assert server.ranges == [""]


# --- the registry ---------------------------------------------------------------------------

FILES = [file for dataset in known_datasets().values() for file in dataset.files]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.dataset}/{file.name}")
def test_every_file_that_can_be_fetched_has_its_sha256_and_size(file: DataFile) -> None:
    assert file.url.startswith("https://")
    assert bool(file.sha256) == bool(file.size)
    assert not file.sha256 or re.fullmatch(r"[0-9a-f]{64}", file.sha256)
    assert not file.sha256 or file.size < 20_000_000
    # A name that can be moved, such as a branch, would change what is fetched.
    pinned = re.search(r"/[0-9a-f]{40}[/.]|/[0-9a-f]{60}/|doi\.org/10\.|/[0-9a-f]{40}$", file.url)
    assert pinned, file.url


def test_names_in_the_registry_stay_in_their_folder() -> None:
    for dataset in known_datasets().values():
        names = [dataset.folder, *(n for f in dataset.files for n in (f.name, f.saved_as))]
        assert all(re.fullmatch(r"[\w-]+(\.[\w.-]+)?", name) for name in names)


def test_every_file_belongs_to_a_set_and_every_set_has_files() -> None:
    named = {name for name, dataset in known_datasets().items() if dataset.files}
    assert named == set(known_datasets()) - set(BUNDLED) == {file.dataset for file in FILES}
