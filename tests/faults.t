#!/usr/bin/perl
# Plays the tests of tests/faults/rows, or those whose ids are given, and
# writes down how each row did: fault-results in the build's folder is what
# docs/faults.md is made of. A row without a test has failed.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;

my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $long = $ENV{MLANGO_LONG};
my $folder = tempdir(CLEANUP => 1);
my $at_once = 3; # most of a fault is waiting for somebody
my %wanted = map { $_ => 1 } @ARGV;
my (@queue, @ids, %done, %playing);

$ENV{MLANGO_DATADIR} = "$source/config";
$ENV{MLANGO_SRCDIR} = $source;
$ENV{MLANGO_BUILDDIR} = $build;

for my $row (rows()) {
	my ($id, $priority) = @$row;

	next if %wanted ? !$wanted{$id} : $priority ne 'P0' && !$long;
	my @tests = grep { $long || !/_long\.\w+$/ } tests_of($id);
	push(@ids, $id);
	push(@queue, map { [$id, $_] } @tests);
	ok(0, "$id has a test") if !@tests;
}
# What takes longest is begun first.
for my $test (sort { weight($b->[1]) <=> weight($a->[1]) } @queue) {
	hear_of_one() if keys(%playing) == $at_once;
	play(@$test);
}
hear_of_one() while %playing;
write_results() if !%wanted;
table_is_true() if !%wanted;
done_testing();

sub rows {
	open(my $in, '<', "$source/tests/faults/rows") or BAIL_OUT("rows: $!");
	return map { [/^(F\d{3}) (P\d) /] } grep { /^F/ } <$in>;
}

sub tests_of {
	my ($id) = @_;

	return sort(glob("$source/tests/faults/${id}*.{talk,t}"));
}

# A test says in a line of its own that it takes long: "# takes 30 s".
sub weight {
	my ($file) = @_;

	open(my $in, '<', $file) or BAIL_OUT("$file: $!");
	local $/;
	return <$in> =~ /^# takes (\d+) s/m ? $1 : 0;
}

sub play {
	my ($id, $file) = @_;
	my $says = "$folder/" . $file =~ s{.*/}{}r;
	my @command = $file =~ /\.talk$/ ? ("$build/mlango", 'talk') : ($^X);
	my $pid = fork() // BAIL_OUT("fork: $!");

	if ($pid == 0) {
		open(STDOUT, '>', $says);
		open(STDERR, '>&', \*STDOUT);
		exec(@command, $file) or exit 127;
	}
	$playing{$pid} = { id => $id, file => $file, says => $says };
}

sub hear_of_one {
	my $test = delete($playing{ wait() });
	my $status = $? >> 8;
	my ($id, $file) = ($test->{id}, $test->{file} =~ s{.*/}{}r);
	my ($told, $failed, $result) = (0, 0, 'holds');

	open(my $says, '<', $test->{says}) or BAIL_OUT("$test->{says}: $!");
	my @lines = <$says>;
	for (@lines) {
		next if !/^(not )?ok \d+ - (.*?)(?: # SKIP (.*))?$/;
		ok(!$1, "$id: $2");
		$told++;
		$failed ||= $1;
		$result = "not run here: $3" if $3;
	}
	$failed = 1 if !$told || $status != 0;
	ok(0, "$id: $file ends with $status") if $failed && (!$told || !$status);
	diag("$id: $file: $_") for $failed ? map { s/\n//r } @lines : ();
	push(@{ $done{$id} }, $failed ? 'fails' : $result);
}

# ---- the table

sub write_results {
	open(my $out, '>', "$build/fault-results") or BAIL_OUT("results: $!");
	print $out "$_ ", worst(@{ $done{$_} // ['fails'] }), "\n" for @ids;
	close($out) or BAIL_OUT("results: $!");
}

sub worst {
	my ($worst) = ((grep { /^fails/ } @_), (grep { /^not run/ } @_), 'holds');

	return $worst;
}

# What was tried now stands in docs/faults.md as it went, and every row of
# every part that is begun stands there.
sub table_is_true {
	my $table = content_of("$source/docs/faults.md");

	is(system($^X, "$source/tests/faults/table", '--check',
	    "$build/fault-results") >> 8, 0,
	    'docs/faults.md is what make faults-table would write');
	ok(scalar($table =~ /^\| $_ \|/m), "$_ stands in docs/faults.md")
	    for @ids;
}

sub content_of {
	my ($path) = @_;

	open(my $in, '<', $path) or return '';
	local $/;
	return scalar(<$in>) // '';
}
