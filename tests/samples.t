#!/usr/bin/perl
# The sample menus show the whole menu language: each word that the parser
# knows stands in one of them at least, and the talks go by every way.
use strict;
use warnings;
use File::Basename qw(dirname);
use Test::More;

my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;

my $samples = join('', map { content_of($_) } "$source/config/menus.cfg",
    glob("'$source'/config/institutions/*.cfg"));
$samples =~ s/^\s*#.*$//mg;
$samples =~ s/\s#[^"\n]*$//mg;

# What is folded to upper shows how.
my %unshown = map { $_ => 1 } qw(lower);

# The gateway's own sentences have defaults, and one of them shows how they are
# changed.
my $parser = join('', map { content_of($_) }
	grep { !/parse_sentences/ } glob("'$source'/menus/parse*.c"));
my @words = ($parser =~ /\{\s*"(\w+)",\s*(?:SCHEMA_|\w+_table)/g,
	$parser =~ /\w+_ROW\("(\w+)"/g);
cmp_ok(scalar(@words), '>', 80, 'the menu language has its words');
is_deeply([ grep { !$unshown{$_} && $samples !~ /\b$_\s*=/ } unique(@words) ],
    [], 'the samples show every word of it');

for my $table (qw(types folds speeches)) {
	my ($row) = $parser =~ /\*const $table\[\] = \{(.*?)NULL/s;
	my @choices = $row =~ /"(\w+)"/g;

	is_deeply([ grep { $_ ne 'none' && !$unshown{$_} && $samples !~ /"$_"/ }
		@choices ], [],
	    "they show all $table");
}
my @builtins = content_of("$source/menus/builtins.c") =~ /\.name = "(\w+)"/g;
cmp_ok(scalar(@builtins), '>', 6, 'and something is built in');
is_deeply([ grep { $samples !~ /\{$_\}|\b$_ ==/ } @builtins ], [],
    'which they show, too');

my $said = `'$build/mlango' check --coverage '$source/config/menus.cfg' 2>&1`;
is($?, 0, 'the samples are sound');
is_deeply([ grep { /: (?:warning|note): / } split(/\n/, $said) ], [],
    'without a warning, and their talks come by every state and edge');
done_testing();

sub unique {
	my %seen;

	return sort grep { !$seen{$_}++ } @_;
}

sub content_of {
	my ($path) = @_;

	open(my $in, '<', $path) or die "$path: $!";
	local $/;
	return scalar(<$in>) // '';
}
