#!/usr/bin/perl
# What mlango bench says, in a closed and in an open loop: its window and the
# settings of Redis, how fast, how late, at what cost, and no errors.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;

my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);

$ENV{MLANGO_DATADIR} = "$source/config";
$ENV{TMPDIR} = $folder;

my @both = (
	qr/^ +window 20, 1 bind,/m,
	qr/^ +Redis: appendonly yes, appendfsync everysec,/m,
	qr/^turns +[1-9]\d* in [\d.]+ s: [1-9]\d* turns\/s$/m,
	qr/^latency +p50 \S+ ms, p99 \S+ ms, p99\.9 \S+ ms,/m,
	qr/^gateway CPU +[\d.]+ us a turn/m,
	qr/^Redis CPU +[\d.]+ us a turn/m,
	qr/^errors +0$/m,
);
tells('a closed loop', [qw(-n 5 -w 20 -t 1)],
    qr/^closed loop +5 sessions outstanding$/m, @both);
tells('an open loop', [qw(-n 50 -r 100 -w 20 -t 1)],
    qr/^open loop +100 turns\/s wanted.*from when a turn was due$/m, @both);
is_deeply([ glob("$folder/*") ], [], 'nothing is left behind');
done_testing();

sub tells {
	my ($what, $arguments, @lines) = @_;
	my $said = `'$build/mlango' bench @$arguments 2>/dev/null </dev/null`;

	is($? >> 8, 0, "$what ends well");
	like($said, $_, "$what tells $_") for @lines;
}
