#!/bin/sh
# Prepares a fresh clone for ./configure, and installs what it stands on.

set -eu

usage='usage: ./autogen.sh [--deps | --deps=all]

  ./autogen.sh             makes ./configure and says which packages are missing
  ./autogen.sh --deps      installs what building and running need, then the same
  ./autogen.sh --deps=all  installs what the tests need as well

On Debian 12, as root or with sudo. No service is started or left enabled.'

# A package a line, with its least version where an older one will not do.
build_packages='
	autoconf
	automake
	binutils
	libc6-dev
	libconfig-dev
	libcurl4-openssl-dev
	libedit-dev
	libevent-dev 2.1.12-stable-8+deb12u1
	libhiredis-dev
	libicu-dev
	libjansson-dev
	libpcre2-dev
	libsmpp34-dev 1.14.1-3+deb12u1
	libssl-dev
	make
	pkg-config
	redis-server
	uthash-dev'
test_packages='
	clang
	graphviz
	libclang-rt-dev
	libcmocka-dev
	mandoc
	openssl
	perl
	tshark'

policy=/usr/sbin/policy-rc.d
policy_aside=$policy.before-mlango
policy_mark='Until ./autogen.sh --deps of mlango has ended, no service starts.'

main() {
	case ${1-} in
	'') wanted=$build_packages install=no ;;
	--deps) wanted=$build_packages install=yes ;;
	--deps=all) wanted=$build_packages$test_packages install=yes ;;
	-h | --help) echo "$usage"; exit 0 ;;
	*) echo "$usage" >&2; exit 64 ;;
	esac
	cd "$(dirname "$0")"
	wanted=$wanted$(tools_without_package "${1-}")
	if command -v dpkg-query >/dev/null; then
		missing=$(missing_packages)
		[ -z "$missing" ] || settle_missing
	elif [ $install = yes ]; then
		fail "there is no dpkg here; the Debian packages are:$wanted"
	fi
	make_configure
}

# What serves as well when it did not come as a package.
tools_without_package() {
	command -v cc >/dev/null || printf '\n\tgcc'
	[ "$1" = --deps=all ] || return 0
	command -v node >/dev/null || printf '\n\tnodejs'
	command -v npm >/dev/null || printf '\n\tnpm'
}

missing_packages() {
	echo "$wanted" | while read -r name least; do
		[ -z "$name" ] || is_new_enough "$(installed "$name")" "$least" ||
			echo "$name"
	done
}

# is_new_enough VERSION LEAST; an empty VERSION is never.
is_new_enough() {
	[ -n "$1" ] && { [ -z "$2" ] || dpkg --compare-versions "$1" ge "$2"; }
}

installed() {
	dpkg-query -W -f '${db:Status-Status} ${Version}\n' "$1" 2>/dev/null |
		sed -n 's/^installed //p' | head -n 1
}

settle_missing() {
	if [ $install = no ]; then
		echo "autogen.sh: missing packages:" $missing >&2
		echo "autogen.sh: './autogen.sh --deps' installs them" >&2
		return
	fi
	echo "autogen.sh: to be installed:" $missing
	agreed || fail "nothing was installed"
	install_missing
	missing=$(missing_packages)
	[ -z "$missing" ] || fail "apt has no new enough" $missing \
		"; is bookworm-security among its sources?"
}

# Only a person is asked; a script that says --deps means it.
agreed() {
	[ -t 0 ] || return 0
	printf 'Install them now? [Y/n] '
	read -r answer
	case $answer in
	'' | [Yy]*) return 0 ;;
	*) return 1 ;;
	esac
}

install_missing() {
	new_packages=$missing
	trap leave_no_service EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
	forbid_services
	lists_know_missing || as_root apt-get -q update
	apt_install || { as_root apt-get -q update && apt_install; }
}

# As invoke-rc.d and deb-systemd-invoke ask it, 101 is a no. Whoever has set
# up a no keeps it; another answer stands aside for as long as we install.
forbid_services() {
	if services_are_forbidden && ! policy_is_ours; then
		return
	fi
	if [ -e $policy ] && ! policy_is_ours; then
		as_root mv $policy $policy_aside
	fi
	printf '#!/bin/sh\n# %s\nexit 101\n' "$policy_mark" |
		as_root tee $policy >/dev/null
	as_root chmod 755 $policy
}

services_are_forbidden() {
	[ -x $policy ] || return 1
	status=0
	$policy redis-server start >/dev/null 2>&1 || status=$?
	[ $status -eq 101 ]
}

policy_is_ours() {
	grep -qsF "$policy_mark" $policy
}

lists_know_missing() {
	for package in $missing; do
		apt-cache show "$package" >/dev/null 2>&1 || return 1
		least=$(echo "$wanted" | sed -n "s/^[[:space:]]*$package //p")
		candidate=$(apt-cache policy "$package" |
			sed -n 's/^ *Candidate: //p')
		is_new_enough "$candidate" "$least" || return 1
	done
}

apt_install() {
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -qy \
		-o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
		install --no-install-recommends $missing
}

# However the installation ended, and after a run that was killed before it
# came here: what our packages brought does not start with the next boot, and
# the policy is what it was.
leave_no_service() {
	for service in $(new_services); do
		# It serves packages only, and so wants to hear of one.
		as_root env DPKG_MAINTSCRIPT_PACKAGE="$service" \
			deb-systemd-helper disable "$service.service" || :
		[ ! -e "/etc/init.d/$service" ] ||
			as_root update-rc.d "$service" disable || :
	done
	policy_is_ours || return 0
	as_root rm -f $policy
	[ ! -e $policy_aside ] || as_root mv $policy_aside $policy
}

new_services() {
	dpkg -L $new_packages 2>/dev/null | sed -n \
		's|^\(/usr\)\{0,1\}/lib/systemd/system/\([^@/]*\)\.service$|\2|p'
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		fail "run it as root, or install sudo"
	fi
}

make_configure() {
	command -v autoreconf >/dev/null ||
		fail "autoreconf is missing; './autogen.sh --deps' installs it"
	autoreconf --install
}

fail() {
	echo "autogen.sh:" "$@" >&2
	exit 1
}

main "$@"
