#!/usr/bin/perl
# What ./autogen.sh promises about packages and services, with everything that
# it calls replaced by a recorder: nothing here touches the machine.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;

my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $mark = 'Until ./autogen.sh --deps of mlango has ended, no service starts.';
my $root;

# Each tool writes down how it was called. apt-get also writes down what the
# policy says while it installs, and then does what the file `apt` tells.
my %tools = (
	'id' => 'echo 0',
	'node' => '', 'npm' => '', 'cc' => '',
	'autoreconf' => 'told "$@"',
	'deb-systemd-helper' => 'told "$@"',
	'update-rc.d' => 'told "$@"',
	'apt-cache' => 'grep -qx "$2" $root/unheard && exit 100; echo "  Candidate: 9"',
	'dpkg' => 'case $1 in -L) echo /lib/systemd/system/redis-server.service;;
		*) exec /usr/bin/dpkg "$@";; esac',
	'dpkg-query' => 'for name; do :; done
		grep -qx "$name" $root/missing && exit 1; echo "installed 9"',
	'apt-get' => 'told "$@"; case "$*" in *install*) ;; *) exit 0;; esac
		$root/policy-rc.d redis-server start; told "policy says $?"
		. $root/apt; : >$root/missing',
);

what_is_there_is_left_alone();
what_is_missing_is_only_told();
deps_installs_without_asking();
all_adds_what_the_tests_need();
lists_are_fetched_when_they_lack_a_package();
the_policy_of_the_machine_comes_back();
a_policy_that_says_no_is_kept();
a_killed_run_is_tidied_up_by_the_next();
a_failed_installation_leaves_no_policy();
an_interrupted_installation_leaves_no_policy();
a_wrong_option_is_refused();
done_testing();

sub what_is_there_is_left_alone {
	lay_out();
	is(autogen('--deps=all'), 0, 'nothing is missing');
	is(calls(), "autoreconf --install\n", 'apt is not asked');
}

sub what_is_missing_is_only_told {
	lay_out(missing => 'libicu-dev redis-server');
	is(autogen(), 0, 'a missing package is no error by itself');
	like(said(), qr{missing packages: libicu-dev redis-server}, 'it is named');
	unlike(calls(), qr{apt-get}, 'and not installed');
}

sub deps_installs_without_asking {
	lay_out(missing => 'redis-server');
	is(autogen('--deps'), 0, '--deps installs');
	like(calls(), qr{apt-get .*install .*redis-server}, 'what is missing');
	unlike(calls(), qr{apt-get .*update}, 'from the lists that are there');
	like(calls(), qr{policy says 101}, 'while no service may start');
	ok(!-e "$root/policy-rc.d", 'the policy goes');
	like(calls(), qr{deb-systemd-helper disable redis-server.service},
	    'and the service does not come with the next boot');
}

sub all_adds_what_the_tests_need {
	lay_out(missing => 'libcmocka-dev');
	autogen('--deps');
	unlike(calls(), qr{apt-get}, '--deps does without the test tools');
	autogen('--deps=all');
	like(calls(), qr{apt-get .*install .*libcmocka-dev}, '--deps=all brings them');
}

sub lists_are_fetched_when_they_lack_a_package {
	lay_out(missing => 'libicu-dev', unheard => 'libicu-dev');
	is(autogen('--deps'), 0, 'a machine with old lists');
	like(calls(), qr{update.*install}s, 'fetches new ones first');
}

sub the_policy_of_the_machine_comes_back {
	lay_out(missing => 'redis-server', policy => "#!/bin/sh\nexit 0\n");
	autogen('--deps');
	like(calls(), qr{policy says 101}, 'a policy that says yes stands aside');
	is(content('policy-rc.d'), "#!/bin/sh\nexit 0\n", 'and comes back');
}

sub a_policy_that_says_no_is_kept {
	lay_out(missing => 'redis-server', policy => "#!/bin/sh\nexit 101\n");
	autogen('--deps');
	is(content('policy-rc.d'), "#!/bin/sh\nexit 101\n", 'a no stays a no');
}

sub a_killed_run_is_tidied_up_by_the_next {
	lay_out(missing => 'redis-server', policy => "#!/bin/sh\n# $mark\nexit 101\n",
	    'policy-rc.d.before-mlango' => "#!/bin/sh\nexit 0\n");
	autogen('--deps');
	is(content('policy-rc.d'), "#!/bin/sh\nexit 0\n",
	    'what a killed run put aside comes back');
}

sub a_failed_installation_leaves_no_policy {
	lay_out(missing => 'redis-server', apt => 'exit 100');
	isnt(autogen('--deps'), 0, 'apt fails and so does --deps');
	ok(!-e "$root/policy-rc.d", 'and the policy goes');
	unlike(calls(), qr{autoreconf}, 'and nothing is made');
}

sub an_interrupted_installation_leaves_no_policy {
	lay_out(missing => 'redis-server', apt => 'kill -TERM $PPID');
	is(autogen('--deps'), 143, 'a signal ends it');
	ok(!-e "$root/policy-rc.d", 'and the policy goes');
	like(calls(), qr{disable redis-server.service}, 'and the service too');
}

sub a_wrong_option_is_refused {
	lay_out();
	is(autogen('--dpes'), 64, 'a wrong option is a wrong command line');
	is(calls(), '', 'and nothing is done');
}

# A folder with the script, the tools, and what the machine is like.
sub lay_out {
	my (%machine) = @_;
	my $script = content_of("$source/autogen.sh");

	$root = tempdir(CLEANUP => 1);
	$script =~ s{/usr/sbin/policy-rc\.d}{$root/policy-rc.d};
	write_tool('autogen.sh', $script);
	write_tool('policy-rc.d', delete $machine{policy}) if $machine{policy};
	$machine{missing} =~ tr/ /\n/ if $machine{missing};
	%machine = (missing => '', unheard => '', apt => ':', calls => '', %machine);
	write_tool($_, "$machine{$_}\n") for keys %machine;
	write_tool('calls', '');
	mkdir("$root/bin");
	write_tool("bin/$_", "#!/bin/sh\nroot=$root\n"
	    . "told() { echo \"\${0##*/} \$*\" >>\$root/calls; }\n$tools{$_}\n")
	    for keys %tools;
}

sub write_tool {
	my ($name, $text) = @_;

	open(my $out, '>', "$root/$name") or die "$root/$name: $!";
	print $out $text;
	close($out) or die "$root/$name: $!";
	chmod(0755, "$root/$name");
}

# The exit status, as a shell tells it.
sub autogen {
	my (@options) = @_;

	local $ENV{PATH} = "$root/bin:/usr/bin:/bin";
	system("'$root/autogen.sh' @options </dev/null >'$root/said' 2>&1");
	return $? & 127 ? 128 + ($? & 127) : $? >> 8;
}

sub said {
	return content('said');
}

sub calls {
	return content('calls');
}

sub content {
	my ($name) = @_;

	return content_of("$root/$name") =~ s/\n+\z/\n/r;
}

sub content_of {
	my ($path) = @_;

	open(my $in, '<', $path) or die "$path: $!";
	local $/;
	return scalar(<$in>) // '';
}
