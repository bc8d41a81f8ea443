#!/bin/sh
# Lays out a folder that a platform takes as a function:
#
#   sh deploy/make-function.sh aws FOLDER       with all packages, for deploy/aws/template.yaml
#   sh deploy/make-function.sh google FOLDER    with their list, which Google installs from
#
# The folder must not be there yet.
set -eu

platform=${1-} folder=${2-}
house=$(cd "$(dirname "$0")/.." && pwd)
if [ -z "$folder" ] || [ -e "$folder" ]; then
    echo "make-function.sh: say aws or google, and name a folder that is not there yet" >&2
    exit 2
fi

copy() {
    trap 'test $? = 0 || rm -r "$folder"' EXIT # nothing by halves
    mkdir -p "$folder"
    cp -R "$house/comment_service" "$house/participation" "$house/spreadsheets" "$house/synopsis" "$house/LICENSE" "$folder/"
    find "$folder" -name __pycache__ -type d -prune -exec rm -r {} +
}

case $platform in
aws)
    copy
    # Packages for the machines of the platform, whatever machine this is.
    "${PYTHON:-$house/.venv/bin/python}" -m pip install --quiet --disable-pip-version-check \
        --require-hashes --only-binary :all: --platform manylinux2014_x86_64 --python-version 3.11.9 \
        --target "$folder" --requirement "$house/requirements-function.lock"
    ;;
google)
    copy
    cp "$house/deploy/google/main.py" "$folder/main.py"
    cp "$house/requirements-function.lock" "$folder/requirements.txt"
    ;;
*)
    echo "make-function.sh: there is no platform '$platform' here; say aws or google" >&2
    exit 2
    ;;
esac
