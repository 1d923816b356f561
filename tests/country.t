#!/usr/bin/perl
# A whole country's menus, 500 institutions with 10,000 states in two languages
# and a talk for each, are checked in 2 s of processor time and 200 MB.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;

my ($institutions, $seconds, $kilobytes) = (500, 2, 200_000);
my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);

# A sanitizer takes what it wants.
if (system("grep -q __asan_init '$build/mlango'") == 0) {
	plan skip_all => 'this build is sanitized';
}
is(system("$build/tests/bench/check_bench", $folder, $institutions), 0,
    'there is a country');
for my $options ('--lock', '', '--json --coverage') {
	my $begun = processor_time();
	my $said = `ulimit -v $kilobytes;
	    '$build/mlango' check $options '$folder/menus.cfg' 2>&1 >/dev/null`;
	my $took = processor_time() - $begun;

	is($?, 0, "check $options finds nothing wrong in 200 MB");
	like($said, qr/^50[12] files, 0 errors/m, 'of all of it');
	cmp_ok($took, '<', $seconds, "in less than $seconds s");
}
done_testing();

# Of the children that have ended.
sub processor_time {
	my (undef, undef, $user, $system) = times();

	return $user + $system;
}
