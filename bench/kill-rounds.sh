#!/usr/bin/env bash
# Guests book, pay and cancel; the server and its database are killed in turn, 100 rounds or as many as the first argument
# says; each time the site has to be ready within 10 seconds. Ends with how many orders were acknowledged and how long it took until the site was ready again.
set -eu
cd "$(dirname "$0")/.."
exec mvn -q -pl server test -Dtest=KillRoundsTest -Dihome.kill.rounds="${1:-100}" -Dihome.kill.ready=10 -Dsurefire.failIfNoSpecifiedTests=false
