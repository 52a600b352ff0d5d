# SPDX-License-Identifier: BSD-3-Clause
"""Writes the software bill of materials of a release, in CycloneDX's JSON format.

Usage: bill_of_materials.py --epoch <seconds> --output <file> <wheel> <sdist>
  --epoch  the time it gives as its own; the same files give the same bytes

It names the package, with its licence and its two archives, and what the wheel requires at run time. Runs in the
environment of ci/release, which has cyclonedx-python-lib.
"""

import argparse
import datetime
import email
import hashlib
import sys
import uuid
import zipfile
from email.message import Message
from pathlib import Path

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.requirements import Requirement


def read_metadata(wheel: Path) -> Message:
    """The METADATA of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return email.message_from_string(archive.read(name).decode())


def archive_reference(path: Path) -> ExternalReference:
    """An archive of the release, by its name and its hash."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    hashes = [HashType(alg=HashAlgorithm.SHA_256, content=digest)]
    return ExternalReference(type=ExternalReferenceType.DISTRIBUTION, url=XsUri(path.name), hashes=hashes)


def make_bill(wheel: Path, sdist: Path, epoch: int) -> Bom:
    """The bill of what is in the two archives."""
    metadata = read_metadata(wheel)
    name, version = metadata["Name"], metadata["Version"]
    package = Component(
        name=name,
        version=version,
        description=metadata["Summary"],
        type=ComponentType.LIBRARY,
        licenses=[DisjunctiveLicense(id=metadata["License-Expression"])],
        purl=PackageURL(type="pypi", name=name, version=version),
        bom_ref=f"{name}=={version}",
        external_references=[archive_reference(wheel), archive_reference(sdist)],
    )
    bill = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_URL, hashlib.sha256(wheel.read_bytes()).hexdigest()))
    bill.metadata.timestamp = datetime.datetime.fromtimestamp(epoch, datetime.timezone.utc)
    bill.metadata.component = package
    required = [Requirement(text) for text in metadata.get_all("Requires-Dist", [])]
    components = [
        Component(
            name=requirement.name,
            description=f"Required at run time: {requirement}",
            type=ComponentType.LIBRARY,
            purl=PackageURL(type="pypi", name=requirement.name),
            bom_ref=str(requirement),
        )
        for requirement in required
    ]
    for component in components:
        bill.components.add(component)
    bill.register_dependency(package, components)
    return bill


def main() -> int:
    """Returns 1 when what was made is not valid."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epoch", type=int, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("sdist", type=Path)
    options = parser.parse_args()
    text = JsonV1Dot6(make_bill(options.wheel, options.sdist, options.epoch)).output_as_string(indent=2)
    problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if problem:
        print(f"the bill of materials is not valid CycloneDX: {problem}", file=sys.stderr)
        return 1
    options.output.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
