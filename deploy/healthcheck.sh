#!/bin/bash
# Succeeds when this node is ready. In bash alone: the image has no curl, and is better off without.
set -u
exec 3<>"/dev/tcp/127.0.0.1/${IHOME_PORT:-8080}" || exit 1
printf 'GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 2 _ status _ <&3
[ "${status:-}" = 200 ]
