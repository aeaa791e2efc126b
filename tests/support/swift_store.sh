#!/usr/bin/env bash
# swift_store.sh FOLDER PORT [ADDRESS]: an S3 store on ADDRESS:PORT (127.0.0.1; and four ports after it there) until standard input
# ends: OpenStack Swift with its s3api, one node, one device. Access key test:tester, secret testing. Started again over the
# same FOLDER, it has the same objects.
set -euo pipefail
folder=$1 port=$2 address=${3:-127.0.0.1}
mkdir -p "$folder/etc" "$folder/srv/d1"
cd "$folder/etc"
printf '[swift-hash]\nswift_hash_path_prefix = loccit\nswift_hash_path_suffix = loccit\n[storage-policy:0]\nname = default\ndefault = yes\n' >swift.conf
common="bind_ip = 127.0.0.1
swift_dir = $folder/etc
user = $(id -un)
workers = 0
log_level = ERROR"
at=$port
for kind in object container account; do
  at=$((at + 1))
  if [ ! -e $kind.ring.gz ]; then
    swift-ring-builder $kind.builder create 4 1 1 >/dev/null
    swift-ring-builder $kind.builder add r1z1-127.0.0.1:$at/d1 1 >/dev/null
    swift-ring-builder $kind.builder rebalance >/dev/null
  fi
  printf '[DEFAULT]\n%s\nbind_port = %s\ndevices = %s\nmount_check = false\n[pipeline:main]\npipeline = %s-server\n[app:%s-server]\nuse = egg:swift#%s\n' \
    "$common" $at "$folder/srv" $kind $kind $kind >$kind.conf
done
cat >proxy.conf <<X
[DEFAULT]
${common/127.0.0.1/$address}
bind_port = $port
[pipeline:main]
pipeline = catch_errors gatekeeper cache s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
[filter:slo]
use = egg:swift#slo
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
allow_multipart_uploads = true
min_segment_size = 1048576
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:$((port + 4))
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
X
export SWIFT_DIR=$folder/etc
servers=()
trap 'kill "${servers[@]}" 2>/dev/null; wait' EXIT
memcached -u nobody -l 127.0.0.1 -p $((port + 4)) & servers+=($!)
for kind in object container account proxy; do
  swift-$kind-server $kind.conf >"$folder/$kind.log" 2>&1 & servers+=($!)
done
cat >/dev/null
