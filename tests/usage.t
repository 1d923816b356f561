#!/usr/bin/perl
# What nobody could have meant is refused by every command alike: with 64, with
# a reason on standard error, with nothing on standard output, and before
# anything is begun. A file that is named and not there is 66.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;

my ($usage, $input) = (64, 66);
my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);
my $gone = "$folder/gone";

$ENV{MLANGO_DATADIR} = "$source/config";
$ENV{TMPDIR} = $folder;
delete $ENV{MLANGO_PHONES};

my %wrong = (
	'' => [ [], ['sing'], ['--sing'], [ '--version', 'x' ], [ '--help', 'x' ] ],
	run => [ [], ['--sing'], ['-c'], ['x'], [ '-c', 'x', 'y' ],
	    [ '--explain', 'x' ] ],
	check => [ [], ['--sing'], ['-m'] ],
	diff => [ [], ['x'], [ 'x', 'y', 'z' ], [ '--sing', 'x', 'y' ], ['-m'],
	    [ "$source/config/menus.cfg",
		"$source/config/institutions/maji.cfg" ] ],
	graph => [ [], ['--sing'], ['-m'], ['-l'] ],
	ctl => [ [], ['--sing'], ['-c'], [ '-s', $gone ] ],
	size => [ [], ['--sing'], ['-m'], ['--top'], map { [ '--top', $_, 'x' ] }
	    0, -1, 'x', '1x' ],
	talk => [ [], ['--sing'], ['-x'] ],
	play => [ [], ['--sing'], ['-m'], [ 'x', 'y' ], [ '--given', 'x', 'y' ] ],
	demo => [ ['--sing'], ['x'], ['--dialect'], [ '--dialect', 'klingon' ],
	    [ '--script', 'x', 'y' ], [ '--script', '--dialect', 'klingon' ] ],
	phone => [ [], ['--sing'], ['--phones'], [ '--phones', $gone, 'x' ],
	    map { [ '--phones', $gone, '--number', $_ ] } '', 'abc',
	    '+255700000001', '1' x 16 ],
	smsc => [ ['--sing'], ['x'], [ '--dialect', 'klingon' ],
	    [ '--tls-cert', 'x' ], [ '--tls-key', 'x' ], [ '--tls-ca', 'x' ],
	    map { [ '--port', $_ ] } '', 'x', '1x', -1, 65536, 2**32 + 1 ],
	dialect => [ [], [ 'x', 'y' ], [ '--sing', 'x' ], ['--dialects'],
	    map { [ '--port', $_, 'x' ] } '', 'x', '1x', 0, -1, 65536,
	    2**32 + 1 ],
	bench => [ ['--sing'], ['x'], ['-r'], [ '-n', 0 ], [ '-n', '1x' ],
	    [ '-r', 'nan' ], [ '-t', -1 ], [ '-w', 1001 ] ],
);
my @commands = map { /^  (\w+)/ ? $1 : () } `'$build/mlango' --help`;
is_deeply([ sort keys %wrong ], [ sort '', @commands ],
    'every command is tried');

for my $command (sort keys %wrong) {
	for my $arguments (@{ $wrong{$command} }) {
		my @words = ($command eq '' ? () : $command, @$arguments);
		my ($status, $out, $err) = mlango(@words);

		is("$status$out", $usage, "mlango @words is refused");
		isnt($err, '', 'with a reason');
	}
}
for my $words ([ 'run', '-c', $gone ], [ 'check', $gone ],
    [ 'check', '-m', $gone, "$source/config/institutions/maji.cfg" ],
    [ 'diff', $gone, "$source/config/menus.cfg" ],
    [ 'diff', "$source/config/menus.cfg", $gone ],
    [ 'graph', $gone ], [ 'size', $gone ], [ 'talk', $gone ],
    [ 'dialect', $gone ], [ 'dialect', '--dialects', $gone, $gone ],
    [ 'play', $gone ], [ 'demo', '--script', $gone ]) {
	is((mlango(@$words))[0], $input, "$words->[0] says what is not there");
}
is_deeply([ glob("$folder/*") ], ["$folder/err"], 'nothing is left behind');
done_testing();

sub mlango {
	my $pid = open(my $out, '-|') // die "fork: $!";

	if ($pid == 0) {
		open(STDERR, '>', "$folder/err") or exit 126;
		open(STDIN, '<', '/dev/null') or exit 126;
		exec("$build/mlango", @_) or exit 127;
	}
	my $said = do { local $/; <$out> } // '';
	close($out);
	open(my $in, '<', "$folder/err") or die "err: $!";
	return ($? >> 8, $said, do { local $/; <$in> } // '');
}
