#!/usr/bin/perl
# What a newcomer reads agrees with what there is: links lead somewhere, the two
# lines stand in the README once, and every command is told where one looks.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;

my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $readme = content_of("$source/README.md");

for my $target (qw(demo check)) {
	my @lines = $readme =~ /^(\.\/autogen\.sh .* make $target)$/mg;

	is(scalar(@lines), 1, "the README has one line that ends in make $target");
}
for my $page (pages('*.md', 'docs/*.md', 'tests/*/*.md')) {
	my @lost = grep { !-e dirname("$source/$page") . "/$_" } links($page);

	is_deeply(\@lost, [], "every link of $page leads to a file");
}
for my $page (pages('man/*.[1-9]')) {
	my $said = `mandoc -T lint -W warning '$source/$page' 2>&1`;

	is($said, '', "$page is sound");
}

for my $written ([ 'sample', 'config/gateway.cfg.sample', qr/\A(.*)\z/s ],
    [ 'keys', 'man/mlango.cfg.5',
	qr/The table begins[^\n]*\n(.*)\.\\" The table ends/s ]) {
	my ($what, $file, $part) = @$written;
	my ($stands) = content_of("$source/$file") =~ $part;

	is($stands, scalar(`'$build/config/pages' $what`),
	    "$file is what `make pages` writes");
}

my $manual = content_of("$source/man/mlango.1");
my @commands = map { /^  (\w+)/ ? $1 : () } `'$build/mlango' --help`;
my @in_readme = $readme =~ /^\| `mlango (\w+)/mg;
my @in_manual = $manual =~ /^\.It Cm (\w+)/mg;
is_deeply([ sort @in_manual ], [ sort @in_readme ],
    'the README and mlango(1) list the same commands');
is_deeply([ sort @in_readme ], [ sort @commands ],
    'which are those that mlango --help lists');

for my $usage (`'$build/mlango' --help` =~ /^  (\w+ .*)$/mg) {
	my @options = $usage =~ /(?<=[\s\[])-(-?[\w-]+)/g;

	is_deeply([ grep { $manual !~ /\bFl \Q$_\E\b/ } @options ], [],
	    "mlango(1) tells every option of '$usage'");
}
my $sources = join('', map { content_of("$source/$_") }
	pages(qw(base/*.c storage/*.c gateway/*.c simulator/*.c)));
is_deeply([ grep { $manual !~ /\bFl -\Q$_\E\b/ }
	$sources =~ /\{ "([\w-]+)", \w+_argument,/g ], [],
    'mlango(1) tells every long option there is');
is_deeply([ grep { $manual !~ /^\.It Li \Q$_\E$/m }
	$sources =~ /FAILPOINT\("([\w.]+)"\)/g ], [],
    'mlango(1) tells every fail point');

my $talk = content_of("$source/man/mlango-talk.5");
my %side = (SETTING => '', SAYS => '> ', SEES => '< ', STAGE => '\* ');
my @untold;
for my $cue (content_of("$source/simulator/act.c") =~ /CUE_(\w+, "[^"]+)"/g) {
	my ($side, $pattern) = split(/, "/, $cue);
	my $told = join(' (?:Li )?', map { /^\{/ ? '(?:Qq )?(?:Ar )?\w+' : $_ }
	    split(/ /, $pattern));

	push(@untold, $pattern) if $talk !~ /^\.It Li $side{$side}(?:Li )?$told$/m;
}
is_deeply(\@untold, [], 'mlango-talk(5) tells every sentence of a talk');

my $language = content_of("$source/man/mlango-menu.5");
my $parser = join('', map { content_of("$source/$_") } pages('menus/parse*.c'));
my %words = map { $_ => 1 }
    $parser =~ /\{\s*"(\w+)",\s*(?:SCHEMA_|\w+_table)/g,
    $parser =~ /\w+_ROW\("(\w+)"/g, $parser =~ /\{ "(\w+)", AT\(/g;
my %told = map { $_ => 1 } map { split(/[ ,]+/) }
    $language =~ /^\.(?:Ss|.*\bIc) ([\w, ]+)/mg;
cmp_ok(scalar(keys %words), '>', 60, 'the menu language has its words');
is_deeply([ grep { !$told{$_} } sort keys %words ], [],
    'mlango-menu(5) tells every word of the menu language');

my @choices = map { /"(\w+)"/g }
    $parser =~ /const (?:types|folds|speeches)\[\] = \{(.*?)NULL/gs;
cmp_ok(scalar(@choices), '>', 10, 'there are choices in it');
is_deeply([ grep { $_ ne 'none' && $language !~ /^\.(?:It Li|Li|Ql|Ss) (?:\w+ , )*$_\b/m } @choices ],
    [], 'mlango-menu(5) tells every choice, too');
is_deeply([ grep { $language !~ /^\.Ql \Q{$_}\E/m }
	content_of("$source/menus/builtins.c") =~ /\.name = "(\w+)"/g ], [],
    'and all that is built in');

my $rows = content_of("$source/man/mlango-dialects.5");
my $reader = join('', map { content_of("$source/$_") } pages('config/dialect*.c'));
my %settings = map { $_ => 1 } $reader =~ /\{ "(\w+)",\s*SCHEMA_/g,
    $reader =~ /\.name = "(\w+)"/g;
my %spoken = map { $_ => 1 } map { split(/[ ,]+/) }
    $rows =~ /^\.(?:Ss|It Ic|Ic) ([\w, ]+)/mg;
cmp_ok(scalar(keys %settings), '>', 60, 'a dialect has its settings');
is_deeply([ grep { !$spoken{$_} } sort keys %settings ], [],
    'mlango-dialects(5) tells every setting of a dialect');
is_deeply([ grep { $rows !~ /^\.It Li .*\b\Q$_\E\b/m }
	content_of("$source/config/dialects.cfg") =~ /^\t\tname = "([^"]+)"/mg ], [],
    'mlango-dialects(5) names every row that is shipped');

my $architecture = content_of("$source/docs/ARCHITECTURE.md");
my $keys = content_of("$source/storage/keys.c");
my @kinds = $keys =~ /begin\w*\(k, out, "([^"]+)"/g;
cmp_ok(scalar(@kinds), '>', 8, 'there are kinds of keys');
is_deeply([ grep { index($architecture, "`$_") < 0 } @kinds ], [],
    'docs/ARCHITECTURE.md tells every kind of key');

my @checks = content_of("$source/menus/check.h") =~ /^\tCHECK_\w+ = (\d+)/mg;
my ($proofs) = $language =~ /^\.Sh WHAT CHECK PROVES\n(.*?)^\.Sh /ms;
is_deeply(\@checks, [ 1 .. 11 ], 'there are eleven checks');
is_deeply([ $proofs =~ /^\.It (\d+)$/mg ], \@checks,
    'mlango-menu(5) tells what every check proves');

my ($example) = $language =~ /^\.Sh EXAMPLES\n.*?^\.Bd [^\n]*\n(.*?)^\.Ed/ms;
my $folder = tempdir(CLEANUP => 1);
open(my $out, '>', "$folder/maji.cfg") or die "$folder: $!";
print $out $example =~ s/\\e/\\/gr;
close($out) or die "$folder: $!";
is(`'$build/mlango' check -m '$source/config/menus.cfg' '$folder/maji.cfg' 2>&1`,
    "1 file, 0 errors, 0 warnings\n", 'the example of mlango-menu(5) is sound');

my ($first) = $language =~ /^\.Ss A first menu\n(.*?)^\.Sh /ms;
my @files = $first =~ /^\.Bd [^\n]*\n(.*?)^\.Ed/msg;
mkdir("$folder/institutions") or die "$folder: $!";
for my $name ('menus.cfg', 'institutions/maktaba.cfg') {
	open(my $file, '>', "$folder/$name") or die "$name: $!";
	print $file shift(@files);
	close($file) or die "$name: $!";
}
is(`'$build/mlango' check '$folder/menus.cfg' 2>&1`,
    "2 files, 0 errors, 0 warnings\n", 'and so is its first one');

my ($row) = $rows =~ /^\.Sh EXAMPLES\n.*?^\.Bd [^\n]*\n(.*?)^\.Ed/ms;
open($out, '>', "$folder/dialects.cfg") or die "$folder: $!";
print $out $row;
close($out) or die "$folder: $!";
is(`'$build/mlango' check '$folder/dialects.cfg' 2>&1`,
    "1 file, 0 errors, 0 warnings\n", 'the example of mlango-dialects(5) is sound');
done_testing();

sub pages {
	return map { substr($_, length("$source/")) }
	    map { glob("'$source'/$_") } @_;
}

# Within the tree, without the place on the page; what stands in a block is none.
sub links {
	my ($page) = @_;

	return grep { !/^(https?:|#|$)/ } map { s/#.*//r }
	    content_of("$source/$page") =~ s/^```.*?^```$//msgr =~
	    /\]\(([^)\s]+)\)/g;
}

sub content_of {
	my ($path) = @_;

	open(my $in, '<', $path) or die "$path: $!";
	local $/;
	return scalar(<$in>) // '';
}
