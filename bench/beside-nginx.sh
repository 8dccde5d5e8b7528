#!/usr/bin/env bash
# Requests a second of a running server beside nginx serving the same bytes as static files.
#
#   bench/beside-nginx.sh http://127.0.0.1:8080 /api/v1.0/areas /api/v1.0/houses/1 ...
#
# Alternating rounds on the same machine; prints each side's median and range, the ratio of the medians, and the median of
# the rounds' 99th percentiles in milliseconds (of the whole: wrk keeps every connection busy).
# ROUNDS (5), SECONDS_EACH (4) and CONNECTIONS (64) may be set. Needs wrk and nginx (Debian: apt-get install wrk nginx-light).
set -euo pipefail

[ $# -ge 2 ] || { echo "usage: $0 BASE_URL PATH..." >&2; exit 2; }
for tool in wrk nginx curl; do
  command -v "$tool" >/dev/null || { echo "$0: $tool is missing: apt-get install wrk nginx-light curl" >&2; exit 3; }
done
base=$1; shift
rounds=${ROUNDS:-5} seconds=${SECONDS_EACH:-4} connections=${CONNECTIONS:-64}
work=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
trap 'kill "$(cat "$work/nginx.pid")" 2>/dev/null || true; rm -rf "$work"' EXIT

mkdir -p "$work/root"
chmod 755 "$work" "$work/root"
n=0
for path in "$@"; do n=$((n + 1)); curl -fsS "$base$path" -o "$work/root/$n"; done
cat >"$work/nginx.conf" <<CONF
worker_processes auto;
pid $work/nginx.pid;
error_log $work/error.log;
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
  open_file_cache max=100 inactive=60s;
  client_body_temp_path $work/b; proxy_temp_path $work/p; fastcgi_temp_path $work/f; uwsgi_temp_path $work/u; scgi_temp_path $work/s;
  server { listen 127.0.0.1:$port; root $work/root; default_type application/json; }
}
CONF
nginx -c "$work/nginx.conf" 2>/dev/null

# Prints requests a second and the 99th percentile in milliseconds.
rate() {
  wrk -t1 -c"$connections" -d"${seconds}s" --latency "$1" | awk '
    /Requests\/sec/ { rate = $2 }
    $1 == "99%" { late = $2 + 0; if ($2 ~ /us$/) late /= 1000; else if ($2 !~ /ms$/) late *= 1000 }
    /Non-2xx/ { print "errors: " $0 > "/dev/stderr" }
    END { print rate, late }'
}
median() { cut -d' ' -f1 "$1" | sort -n | awk '{v[NR]=$1} END{printf "%d %d %d", v[int((NR+1)/2)], v[1], v[NR]}'; }
late() { cut -d' ' -f2 "$1" | sort -n | awk '{v[NR]=$1} END{printf "%.1f", v[int((NR+1)/2)]}'; }

printf '%-40s %22s %22s %6s %11s\n' path 'server median (range)' 'nginx median (range)' ratio 'p99 (ms)'
n=0
for path in "$@"; do
  n=$((n + 1)); : >"$work/ours"; : >"$work/theirs"
  rate "$base$path" >/dev/null # warm-up
  for _ in $(seq "$rounds"); do
    rate "$base$path" >>"$work/ours"
    rate "http://127.0.0.1:$port/$n" >>"$work/theirs"
  done
  read -r a alow ahigh <<<"$(median "$work/ours")"
  read -r b blow bhigh <<<"$(median "$work/theirs")"
  printf '%-40s %22s %22s %6s %11s\n' "$path" "$a ($alow-$ahigh)" "$b ($blow-$bhigh)" \
    "$(awk "BEGIN{printf \"%.2f\", $a/$b}")" "$(late "$work/ours"), $(late "$work/theirs")"
done
