#!/usr/bin/perl
# Plays every talk of tests/talks against the real daemon, two stages at once,
# since most of a talk is waiting for another process; and the samples' own.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;

my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);
my $stages = 2;
my %playing; # by process id

$ENV{MLANGO_DATADIR} = "$source/config";

# The longest one begins with a w.
for my $file (reverse(sort(glob("$source/tests/talks/*.talk"))),
    "$source/config/menus.cfg") {
	hear_of_one() if keys(%playing) == $stages;
	play($file);
}
hear_of_one() while %playing;
done_testing();

sub play {
	my ($file) = @_;
	my $says = "$folder/" . $file =~ s{.*/}{}r;
	my $pid = fork() // BAIL_OUT("fork: $!");

	if ($pid == 0) {
		open(STDOUT, '>', $says);
		exec("$build/mlango", 'talk', $file) or exit 127;
	}
	$playing{$pid} = { file => $file, says => $says };
}

sub hear_of_one {
	my $talk = delete($playing{ wait() });
	my $status = $? >> 8;
	my $told = 0;

	open(my $says, '<', $talk->{says}) or BAIL_OUT("$talk->{says}: $!");
	while (my $line = <$says>) {
		if ($line =~ /^(not )?ok \d+ - (.*)/) {
			ok(!$1, $2);
			$told++;
		} elsif ($line =~ /^#/) {
			diag($line);
		}
	}
	ok(0, "$talk->{file} is played: $status") if !$told || $status !~ /^(0|65)$/;
}
