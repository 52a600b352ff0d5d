# SPDX-License-Identifier: BSD-3-Clause
"""Unpacks Debian's packages of another release or architecture into a folder; nothing of this machine changes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, Sequence

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
# Of what is depended on, what only a whole system needs.
LEFT_OUT = (
    "debconf",
    "dpkg",
    "linux-libc-dev",
    "media-types",
    "netbase",
    "perl-base",
    "readline-common",
    "tar",
    "tzdata",
)


def mirror() -> str:
    """The address of the Debian mirror that this machine uses."""
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME)", "Identifier: Packages"]
    output = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout
    for line in output.split("\n"):
        address, _, codename = line.partition(" ")
        if codename.isalpha() and "debian" in address:
            return address
    sys.exit("apt-get has no Debian mirror among its sources (apt-get indextargets)")


def _configure(folder: Path, release: str, architecture: str) -> Dict[str, str]:
    """Makes a configuration of apt in `folder` that knows this one release; the environment in which apt uses it.

    A mirror may be behind: the signature is checked, but not how old it is.
    """
    for name in ("lists/partial", "archives/partial", "etc/apt/apt.conf.d", "etc/apt/preferences.d"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "status").touch()
    (folder / "sources.list").write_text(f"deb [signed-by={KEYRING} check-valid-until=no] {mirror()} {release} main\n")
    configuration = folder / "apt.conf"
    configuration.write_text(
        f"""\
Dir "{folder}";
Dir::Etc::sourcelist "{folder}/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "{folder}/lists";
Dir::State::status "{folder}/status";
Dir::Cache "{folder}";
APT::Architecture "{architecture}";
APT::Architectures "{architecture}";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
"""
    )
    return {**os.environ, "APT_CONFIG": str(configuration)}


def _names_with_dependencies(packages: Sequence[str], environment: Dict[str, str]) -> List[str]:
    """`packages` and what they depend on, but for what only a whole system needs."""
    command = ["apt-get", "install", "--simulate", "--no-install-recommends", *packages]
    output = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True).stdout
    names = (line.split()[1].split(":")[0] for line in output.split("\n") if line.startswith("Inst "))
    return [name for name in names if name not in LEFT_OUT]


def unpack(packages: Sequence[str], release: str, architecture: str, folder: Path, *, dependencies: bool) -> None:
    """Unpacks `packages`, with what they depend on if asked, into `folder`, unless that was done before.

    apt checks what it downloads by the release's signature.
    """
    stamp = folder / ".packages"
    wanted = " ".join([release, architecture, *packages])
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print(f"Unpacking Debian's {', '.join(packages)} ({release}, {architecture})", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    apt = folder.with_name(f"{folder.name}.apt").resolve()
    environment = _configure(apt, release, architecture)
    subprocess.run(["apt-get", "update", "--quiet=2"], env=environment, check=True)
    names = _names_with_dependencies(packages, environment) if dependencies else list(packages)
    archives = apt / "archives"
    subprocess.run(["apt-get", "download", "--quiet=2", *names], env=environment, cwd=archives, check=True)
    for archive in sorted(archives.glob("*.deb")):
        subprocess.run(["dpkg", "--extract", str(archive), str(folder)], check=True)
    shutil.rmtree(apt)
    stamp.write_text(wanted)


def download_source(package: str, release: str, folder: Path) -> Path:
    """Downloads the original source archive of Debian's source package into `folder`; returns its path."""
    found = list(folder.glob(f"{package}_*.orig.tar.*[!c]"))
    if not found:
        print(f"Downloading the source of Debian's {package} ({release})", flush=True)
        apt = folder.with_name(f"{folder.name}.apt").resolve()
        environment = _configure(apt, release, "amd64")
        sources = apt / "sources.list"
        sources.write_text(sources.read_text().replace("deb [", "deb-src ["))
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["apt-get", "update", "--quiet=2"], env=environment, check=True)
        command = ["apt-get", "source", "--quiet=2", "--download-only", "--only-source", package]
        subprocess.run(command, env=environment, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(apt)
        found = list(folder.glob(f"{package}_*.orig.tar.*[!c]"))
    return found[0]
