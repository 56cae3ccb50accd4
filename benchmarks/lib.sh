# What the scripts of this folder share; each sources it first. Not run by itself.
#
#   WORK        a folder that keeps the generated inputs for the next run; else they go with the script's other files
#   SPARK_HEAP  the heap of Spark's JVM, 2g unless set
# shellcheck shell=bash

set -euo pipefail

script="${0##*/}"
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}" # As the launcher.

fail() {
  printf '%s: %s\n' "$script" "$*" >&2
  exit 1
}

# need TOOL PACKAGE: refuses to start without a tool.
need() {
  command -v "$1" >/dev/null || fail "There is no $1. Install it (Debian: $2)."
}

# ---- Files and programs ----------------------------------------------------------------------------------------------

# Sets work, a folder that goes when the script ends, and inputs.
open_work() {
  inputs="${WORK:-}"
  if [ -n "$inputs" ]; then
    mkdir -p "$inputs"
    inputs="$(cd "$inputs" && pwd)"
  fi
  work="$(mktemp -d "${inputs:-${TMPDIR:-/tmp}}/$script.XXXXXX")"
  pids=()
  trap finish EXIT
  inputs="${inputs:-$work}"
  mkdir "$work/scratch"
}

# Ends the processes in pids, and removes the work folder.
finish() {
  local pid
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}

# input NAME PROGRAM ARGUMENT...: has a program make an input, unless it is kept from before, and prints where it is.
input() {
  local file="$inputs/$1"
  shift
  if [ ! -f "$file" ]; then
    "$java" -cp "$class_path" "io.slipway.benchmarks.$1" "${@:2}" "$work/input"
    mv "$work/input" "$file"
  fi
  cat "$file" >/dev/null # Into the page cache, as far as it fits.
  printf '%s\n' "$file"
}

# build MEMORY: builds Slipway if need be, and our programs; sets class_path, and jvm: the options that the launcher has
# for `slipway run --memory MEMORYm`.
build() {
  local app options=() collector
  "$root/slipway" --help >/dev/null
  IFS= read -r app <"$root/.launcher/stamp"
  class_path="$work/classes:$root/.launcher/$app/lib/*"
  mkdir "$work/classes"
  "${java}c" -d "$work/classes" -cp "$class_path" "$root"/benchmarks/src/main/java/io/slipway/benchmarks/*.java
  eval "$(sed -n '/^memory_options() {$/,/^}$/p' "$root/slipway")"
  local route=sst
  memory_options "$1"
  jvm=("${options[@]}" "$collector" -Djava.library.path="$root/.launcher/$app/native" -Xlog:disable
    -Dlogback.configurationFile="$root/config/logback-test.xml")
}

# program NAME ARGUMENT...: runs one of our programs.
program() {
  "$java" "${jvm[@]}" -cp "$class_path" "io.slipway.benchmarks.$1" "${@:2}"
}

# build_spark: builds the programs for Spark if a source is newer.
build_spark() {
  local peers="$root/benchmarks/spark"
  need mvn maven
  local sources=("$peers/pom.xml" "$peers/src" "$root/benchmarks/src") built="$peers/target/built"
  if [ ! -f "$built" ] || [ -n "$(find "${sources[@]}" -newer "$built" -print -quit)" ]; then
    echo "Building the Spark programs…" >&2
    mvn -B -q -ntp -f "$peers/pom.xml" process-classes >"$work/err" 2>&1 || fail "$(tail -n 20 "$work/err")"
    touch "$built"
  fi
}

# publish_to REPOSITORY FILE MEMORY: sets publish, the command that publishes an Avro file of made records as version 1 of
# the dataset `made`.
publish_to() {
  publish=("$root/slipway" publish --repository "$1" --dataset made --input "$2" --key id --memory "$3m"
    --scratch "$work/scratch" --progress json --json)
}

# Tells how many bytes that command has spilled, from the last of its events, which count from the start of the job.
event_spills() {
  sed -n 's/.*"event":"stageFinished".*"spilledBytes":\([0-9]*\).*/\1/p' "$work/err" | tail -n 1
}

# check_made RECORDS FOLDER...: fails if the SST files of a folder do not hold that many made records.
check_made() {
  local expected found folder
  expected="$(program MadeDigest "$1")"
  for folder in "${@:2}"; do
    found="$(program SstDigest "$folder")"
    [ "$found" = "$expected" ] || fail "The records in $folder have the digest $found, expected $expected."
  done
}

# ---- A running server ------------------------------------------------------------------------------------------------

# serve REPOSITORY DATA [OPTION...]: starts `slipway serve` on ports that are free, by the command serve_with if that is set;
# sets port, admin and server.
serve_with=()
serve() {
  "${serve_with[@]}" "$root/slipway" serve --repository "$1" --data "$2" --port 0 --admin-port 0 "${@:3}" >"$work/serve.log" 2>&1 &
  pids+=("$!")
  server="$!"
  local deadline=$((SECONDS + 60))
  until admin="$(sed -n 's/^Administration at //p' "$work/serve.log")" && [ -n "$admin" ]; do
    [ "$SECONDS" -lt "$deadline" ] || fail "The server does not start: $(tail -n 5 "$work/serve.log")"
    sleep 0.1
  done
  port="$(sed -n 's/^Serving .*:\([0-9]*\)$/\1/p' "$work/serve.log")"
}

# start_broker: starts `slipway broker` on a port that is free; sets servers.
start_broker() {
  "$root/slipway" broker --port 0 --data "$work/broker" >"$work/broker.log" 2>&1 &
  pids+=("$!")
  local deadline=$((SECONDS + 60))
  until servers="$(sed -n 's/^Kafka broker at \([^ ,]*\),.*/\1/p' "$work/broker.log")" && [ -n "$servers" ]; do
    [ "$SECONDS" -lt "$deadline" ] || fail "The broker does not start: $(tail -n 5 "$work/broker.log")"
    sleep 0.1
  done
}

# await_version VERSION: waits until readers get that version of the dataset `made`.
await_version() {
  local deadline=$((SECONDS + 300))
  until curl -s -i "http://127.0.0.1:$port/v1/datasets/made" | grep -qi "^slipway-version: $1"; do
    [ "$SECONDS" -lt "$deadline" ] || fail "Version $1 does not become current: $(tail -n 5 "$work/serve.log")"
    sleep 0.1
  done
}

# administer COMMAND...: runs a command of an operator's against the server.
administer() {
  "$root/slipway" "$@" --server "$admin" >"$work/out" 2>"$work/err" || fail "$* failed: $(tail -n 5 "$work/err")"
}

# publish_users SHAPE RECORDS [OPTION...]: publishes `small` or `wide` records as the next version of the dataset `users`.
publish_users() {
  "$root/slipway" publish --repository "$work/repository" --dataset users --key id --scratch "$work/scratch" \
    --input "$(input "users-$1-$2-1.avro" UsersAvro "$1" "$2" 1)" "${@:3}" >"$work/out" 2>"$work/err" ||
    fail "Publishing failed: $(tail -n 5 "$work/err")"
}

# serve_users [OPTION...]: serves them with these options; sets url, and one_value, the first of their values.
serve_users() {
  serve "$work/repository" "$work/data" "$@"
  url="http://127.0.0.1:$port"
  local deadline=$((SECONDS + 300))
  until one_value="$(curl -s -f "$url/v1/datasets/users/records/user-000000000000")"; do
    [ "$SECONDS" -lt "$deadline" ] || fail "Slipway does not serve: $(tail -n 5 "$work/serve.log")"
    sleep 0.1
  done
}

# free_port: prints a port that is free.
free_port() {
  perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport'
}

# serve_redis SHAPE RECORDS: starts Redis with the same records, their values in JSON; sets redis_port.
serve_redis() {
  redis_port="$(free_port)"
  redis-server --port "$redis_port" --bind 127.0.0.1 --save '' --appendonly no --dir "$work" >"$work/redis.log" 2>&1 &
  pids+=("$!")
  redis="$!"
  for _ in $(seq 100); do
    redis-cli -p "$redis_port" ping >/dev/null 2>&1 && break
    sleep 0.1
  done
  program UsersRedis "$1" "$2" "$redis_port"
  [ "$(redis-cli -p "$redis_port" get user-000000000000)" = "$one_value" ] || fail 'Redis and Slipway have other values.'
}

# serve_nginx BODY: starts nginx, which answers everything with that body; sets nginx_port.
serve_nginx() {
  nginx_port="$(free_port)"
  cat >"$work/nginx.conf" <<CONF
worker_processes 2; daemon off; pid $work/nginx.pid; error_log $work/nginx.err;
events { worker_connections 1024; }
http { access_log off; keepalive_requests 1000000000;
  server { listen 127.0.0.1:$nginx_port; location / { return 200 '$1'; } } }
CONF
  nginx -c "$work/nginx.conf" 2>"$work/err" &
  pids+=("$!")
  nginx="$!"
  for _ in $(seq 100); do
    curl -s -o "$work/out" "http://127.0.0.1:$nginx_port" && break
    sleep 0.1
  done
}

# stop PID...: ends processes of pids now.
stop() {
  kill "$@"
  wait "$@" 2>/dev/null || true
}

# lookups_lua RECORDS: prints a script for wrk that looks random users up.
lookups_lua() {
  cat <<LUA
math.randomseed(7)
request = function()
  return wrk.format("GET", string.format("/v1/datasets/users/records/user-%012d", math.random(0, $1 - 1)))
end
LUA
}

# redis_run REQUESTS RECORDS COMMAND...: prints requests/s, p50 and p99 in ms.
redis_run() {
  local out
  out="$(redis-benchmark -p "$redis_port" -c 16 -r "$2" -n "$1" --csv "${@:3}" | tail -n 1)"
  tr -d '"' <<<"$out" | awk -F , '{n = NF; printf "%.0f %.2f %.2f\n", $(n - 6), $(n - 3), $(n - 1)}'
}

# wrk_run URL SECONDS SCRIPT: prints requests/s, p50 and p99 in ms; fails if any reply was not a success.
wrk_run() {
  local out
  out="$(wrk -t1 -c16 -d"$2"s --latency -s "$3" "$1")"
  if grep -E 'Non-2xx|Socket errors' <<<"$out" >&2; then fail "not all replies were good"; fi
  awk 'function ms(t) {return t ~ /us$/ ? t / 1000 : t ~ /ms$/ ? t + 0 : t * 1000}
    $1 == "50%" {p50 = ms($2)} $1 == "99%" {p99 = ms($2)} /Requests\/sec/ {rate = $2}
    END {printf "%.0f %.2f %.2f\n", rate, p50, p99}' <<<"$out"
}

# open_loop PORT RECORDS RATE SECONDS CONNECTIONS KIND[=SHARE]...: sends requests for users on a schedule, and prints what
# OpenLoop prints. Its threads wake up when they mean to, where Linux lets them, not up to 50 µs later.
open_loop() {
  { echo 1 >"/proc/$BASHPID/timerslack_ns"; } 2>/dev/null || true
  "$java" -Xmx256m -XX:+UseSerialGC -cp "$class_path" io.slipway.benchmarks.OpenLoop "$@" 2>"$work/err" ||
    fail "A reply was wrong: $(head -n 5 "$work/err")"
}

# ---- Measuring -------------------------------------------------------------------------------------------------------

# timed OUTPUT COMMAND...: runs a command or function whose output goes to a file, and prints wall clock and processor
# time (user and system, of all its processes) in seconds.
timed() {
  local output="$1" TIMEFORMAT='%R %U %S'
  shift
  { time "$@" >"$output" 2>"$work/err"; } 2>"$work/time" || fail "$* failed: $(tail -n 5 "$work/err")"
  awk '{printf "%.2f %.2f\n", $1, $2 + $3}' "$work/time"
}

# spark PROGRAM ARGUMENT...: runs a program of Spark's, prints the times of its first run from the start of the process,
# and notes those of the second, which `spark_warm` prints.
spark() {
  local package
  local opens=()
  for package in lang lang.invoke lang.reflect io net nio util util.concurrent util.concurrent.atomic; do
    opens+=(--add-opens "java.base/java.$package=ALL-UNNAMED")
  done
  for package in nio.ch nio.cs security.action util.calendar; do
    opens+=(--add-opens "java.base/sun.$package=ALL-UNNAMED")
  done
  "$java" "-Xmx${SPARK_HEAP:-2g}" "${opens[@]}" -Djdk.reflect.useDirectMethodHandle=false \
    -cp "$root/benchmarks/spark/target/classes:$root/benchmarks/spark/target/lib/*" \
    "io.slipway.benchmarks.spark.$1" "${@:2}" >"$work/spark-times" 2>"$work/err" ||
    fail "Spark failed: $(tail -n 20 "$work/err")"
  sed -n 1p "$work/spark-times"
}
spark_warm() {
  sed -n 2p "$work/spark-times"
}

# peak_memory FILE COMMAND...: runs a command and writes the peak resident memory of the largest of its processes to a
# file, in MiB. By getrusage, since GNU time is not on every machine, and Perl is on every Debian.
peak_memory() {
  perl -MPOSIX -e '
    my $file = shift;
    my $status = system(@ARGV);
    my ($machine) = (POSIX::uname())[4];
    my $call = {x86_64 => 98, aarch64 => 165}->{$machine} or die "no getrusage known on $machine\n";
    my $usage = "\0" x 256;
    syscall($call, -1, $usage) == 0 or die "getrusage: $!\n";
    open(my $out, ">", $file) or die "$file: $!\n";
    printf $out "%.0f\n", unpack("x32 q", $usage) / 1024;
    exit($status == 0 ? 0 : 1);
  ' "$@"
}

# row CELL...: prints a line of a Markdown table; the cells of a heading are followed by `rule`.
row() {
  local cell
  printf '|'
  for cell in "$@"; do printf ' %s |' "$cell"; done
  printf '\n'
}
rule() {
  printf '|'
  printf -- '---|%.0s' "$@"
  printf '\n'
}

# numbered_rows FILE: prints the lines of a file as numbered rows of a table, and a last one with the medians.
numbered_rows() {
  local cells number=0
  while read -r -a cells; do
    number=$((number + 1))
    row "$number" "${cells[@]}"
  done <"$1"
  # shellcheck disable=SC2046
  row median $(medians "$1")
}

# compare ROUNDS CHECK OURS PEER...: in each round runs one function after the other, each of which prints its wall clock
# and processor time; then CHECK, which fails if their results differ. Prints a Markdown table with the medians at its
# end. A ratio is how many times as long as ours the peer took.
compare() {
  local rounds="$1" check="$2" heading=(round) round times ours name
  shift 2
  for name in "$@"; do
    heading+=("${name//_/ }" processor)
    [ "$name" = "$1" ] || heading+=(ratio)
  done
  row "${heading[@]}"
  rule "${heading[@]}"
  for round in $(seq "$rounds"); do
    local cells=()
    for name in "$@"; do
      times="$("$name")"
      # shellcheck disable=SC2206
      cells+=($times)
      if [ "$name" = "$1" ]; then
        ours="${times% *}"
      else
        cells+=("$(awk -v a="${times% *}" -v b="$ours" 'BEGIN {printf "%.2f", a / b}')")
      fi
    done
    "$check"
    row "$round" "${cells[@]}"
    echo "${cells[@]}" >>"$work/rounds"
  done
  # shellcheck disable=SC2046
  row median $(medians "$work/rounds")
}

# ratio A B: prints A / B.
ratio() {
  awk -v a="$1" -v b="$2" 'BEGIN {printf "%.2f", a / b}'
}

# medians FILE: prints the median of each column.
medians() {
  local column columns
  columns="$(awk '{print NF; exit}' "$1")"
  for column in $(seq "$columns"); do
    cut -d ' ' -f "$column" "$1" | sort -g | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'
  done
}
