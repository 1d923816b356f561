#!/usr/bin/perl
# Plays every talk of tests/talks against the real daemon, two stages at once,
# since most of a talk is waiting for another process; and the samples' own.
use strict;
use warnings;
use File::Basename qw(dirname);
use Test::More;

my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $stages = 2;

$ENV{MLANGO_DATADIR} = "$source/config";
my @talks = (sort(glob("$source/tests/talks/*.talk")),
    "$source/config/menus.cfg");
my @runs = map { start($_) } 0 .. $stages - 1;

tell_of($_) for @runs;
done_testing();

# Every so many-th talk, beginning with this one.
sub start {
	my ($first) = @_;
	my @mine = @talks[grep { $_ % $stages == $first } 0 .. $#talks];

	open(my $says, '-|', "$build/mlango", 'talk', @mine)
	    or BAIL_OUT("mlango talk: $!");
	return $says;
}

sub tell_of {
	my ($says) = @_;
	my $told = 0;

	while (my $line = <$says>) {
		if ($line =~ /^(not )?ok \d+ - (.*)/) {
			ok(!$1, $2);
			$told++;
		} elsif ($line =~ /^#/) {
			diag($line);
		}
	}
	close($says);
	ok($told > 0 && ($? >> 8 == 0 || $? >> 8 == 65), 'the talks were played');
}
