#!/usr/bin/perl
# The tutorial is true: its files are written and its commands run, in the
# order of the page, in a folder of their own, and every command says what the
# page says it does.
#
#	<!-- file: F -->		the block that follows is the file F
#	<!-- file: F replace TEXT -->	it takes the place of the one line of F
#					that has TEXT
#	```console			commands behind $, each with what it
#					prints; ... stands for any lines, and
#					what follows "> " was typed
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;

my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = abs_path($ENV{MLANGO_BUILDDIR} // $source);
my $folder = tempdir(CLEANUP => 1);
my @lines = split(/\n/, content_of("$source/docs/menu-tutorial.md"));
my ($files, $commands) = (0, 0);

$ENV{PATH} = "$build:$ENV{PATH}";
$ENV{LC_ALL} = 'C.UTF-8';
mkdir("$folder/institutions") or die "$folder: $!";
while (@lines) {
	my $line = shift @lines;

	put($1, $2) if $line =~ /^<!-- file: (\S+)(?: replace (.*))? -->$/;
	run() if $line eq '```console';
}
cmp_ok($files, '>', 5, 'the tutorial has files');
cmp_ok($commands, '>', 5, 'and commands');
like(`cd '$folder' && mlango check menus.cfg 2>&1`, qr/ 0 errors, 0 warnings$/,
    'and what is written in the end is sound');
done_testing();

sub put {
	my ($path, $mark) = @_;
	my $open = shift @lines;
	my $part = join('', map { "$_\n" } block());

	is($open, '```', "$path stands in a block");
	$files++;
	if (defined $mark) {
		my $text = content_of("$folder/$path");
		my $places = () = $text =~ /^.*\Q$mark\E.*\n/mg;

		is($places, 1, "there is one line with $mark");
		$part = $text =~ s/^.*\Q$mark\E.*\n/$part/mr;
	}
	open(my $out, '>', "$folder/$path") or die "$path: $!";
	print $out $part;
	close($out) or die "$path: $!";
}

sub block {
	my @block;

	while (@lines and (my $line = shift @lines) ne '```') {
		push @block, $line;
	}
	return @block;
}

sub run {
	my @block = block();

	while (@block) {
		my ($command) = shift(@block) =~ /^\$ (.*)/;
		my (@says, @typed);

		while (@block and $block[0] !~ /^\$ /) {
			push @says, shift @block;
			push @typed, $1 if $says[-1] =~ /^(?:answer| +\w+)?> ?(.*)/;
		}
		$commands++;
		is_shown($command, told($command, @typed), @says);
	}
}

sub told {
	my ($command, @typed) = @_;

	open(my $in, '>', "$folder.typed") or die "$folder: $!";
	print $in map { "$_\n" } @typed;
	close($in) or die "$folder: $!";
	my $told = `cd '$folder' && ( $command ) < '$folder.typed' 2>&1`;
	unlink("$folder.typed");
	return $told;
}

sub is_shown {
	my ($command, $told, @says) = @_;
	my $pattern = join('', map { $_ eq '...' ? '(?:.*\n)*?' :
	    "\Q$_\E *\n" } @says);

	$told =~ s/ +$//mg;
	$told .= "\n" if $told =~ /[^\n]\z/;
	ok($told =~ /\A$pattern\z/, "$command says what the page says")
	    or diag($told);
}

sub content_of {
	my ($path) = @_;

	open(my $in, '<', $path) or die "$path: $!";
	local $/;
	return scalar(<$in>);
}
