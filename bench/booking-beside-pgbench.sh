#!/usr/bin/env bash
# Bookings a second of a server beside pgbench running the same statements on the same PostgreSQL, in turn, with a million
# claims present: bench/booking-beside-pgbench.sh [CONNECTIONS [SECONDS [ROUNDS]]]. Needs pgbench, and a built checkout
# (IHOME_BENCH_CLASSPATH names other classes).
set -eu
cd "$(dirname "$0")/.."
export IHOME_LIMIT_HOUSES_PER_ACCOUNT_DAY=100000 IHOME_LIMIT_HOUSES_PER_ACCOUNT=100000 # one host has all houses
connections=${1:-16} seconds=${2:-15} rounds=${3:-3}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
data=$(mktemp -d)
classes=${IHOME_BENCH_CLASSPATH:-server/target/classes:server/target/lib/*}
$java -XX:+UseSerialGC -Xms32m -XX:+UseCompactObjectHeaders -cp "$classes" ihome.Main run --dev --port 0 --data "$data" \
  >"$data.out" 2>"$data.log" &
server=$!
trap 'kill $server; wait $server 2>/dev/null || :; rm -rf "$data" "$data.out"' EXIT
until grep -q ready "$data.out"; do kill -0 $server; sleep 0.2; done
url=$(sed 's/ready //' "$data.out")
mkdir "$data/bench"
javac -d "$data/bench" bench/BookingLoad.java 2>/dev/null || "${java}c" -d "$data/bench" bench/BookingLoad.java
load() { $java -XX:+UseSerialGC -cp "$data/bench" BookingLoad "$url" "$data" "$@"; }
load 2 1 >/dev/null # makes accounts and houses for pgbench too
port=$(sed -n 4p "$(find "$data/postgres" -name postmaster.pid | head -1)")
PGPASSWORD=$(grep -rhoE '^[0-9a-f]{48}$' "$data/postgres" 2>/dev/null | head -1) PGUSER=ihome
export PGPASSWORD PGUSER PGHOST=127.0.0.1 PGPORT=$port PGDATABASE=ihome
sql() { psql -qAtc "$1"; }
sql "insert into night_claim (house_id, night, kind)
     select h.id, date '2035-01-01' + i, 'BLOCK' from (select id from house limit 200) h, generate_series(1, 5000) i"
sql "vacuum analyze night_claim, orders, house"
house=$(sql "select min(id) from house") account=$(sql "select min(id) from account")
echo "$(sql "select count(*) from night_claim") claims; $connections connections, $seconds s"
for ((round = 1; round <= rounds; round++)); do
  load "$connections" "$seconds"
  pgbench -n -M prepared -c "$connections" -j 2 -T "$seconds" -D house="$house" -D account="$account" \
    -f bench/booking.pgbench.sql 2>&1 | grep -E 'tps|latency average|ERROR|error'
done
