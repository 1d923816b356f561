#!/usr/bin/perl
# What `mlango size` prints: how full screens and messages may get, the fullest
# first.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::PP qw(decode_json);
use Test::More;

my ($good, $data, $input) = (0, 65, 66);
my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);
my $maji = "$source/config/institutions/maji.cfg";

my ($status, $out, $err) = size($maji);
my @lines = split(/\n/, $out);
my $room = qr{ *(\d+)%  +(\d+) of +(\d+) (?:septets|characters)};
my $line = qr{^$room +\d+ (?:SMS|page|pages) +maji/\w+ +(?:sw|en)(?:  .*)?$};
is("$status$err", $good, 'an institution has its sizes');
is_deeply([ grep { $_ !~ $line } @lines ], [],
    'a line tells its share, its room, its pages and where it is');
my @shares = map { (/$line/)[0] } @lines;
is_deeply(\@shares, [ sort { $b <=> $a } @shares ], 'the fullest stand first');
like($out, qr{^ *\d+%  +\d+ of 160 septets +1 page  +maji/owes +sw  name 24, amount 12, cn 12$}m,
    'the widths of its values stand behind it');
like($out, qr{ \d pages +maji/pick +en  areas 20 x 12$}m,
    'those of rows as often as they come');
like($out, qr{ 1 SMS +maji/sent +sw  name 24, amount 12, cn 12$}m,
    'a message has its parts');
is_deeply([ map { s/ +maji.*//r } (split(/\n/, (size('--top', 3, $maji))[1])) ],
    [ map { s/ +maji.*//r } @lines[0 .. 2] ], 'one may wish for a few only');

my $sizes = decode_json((size('--json', $maji))[1]);
is(scalar(@$sizes), scalar(@lines), 'a program reads as many');
my ($owes) = grep { $_->{state} eq 'owes' && $_->{lang} eq 'sw' &&
    $_->{channel} eq 'ussd' } @$sizes;
is_deeply($owes, { %$owes, institution => 'maji', unit => 'septets',
    budget => 160, pages => 1, because => undef,
    widths => { name => 24, amount => 12, cn => 12 } }, 'with the same facts');
like((size("$source/config/menus.cfg"))[1], qr{root/root.*necta/}s,
    'a menus file has those of all');

open(my $file, '>', "$folder/odd.cfg") or die 'odd.cfg';
print $file <<"END";
odd: { title = { sw = "Odd"; en = "Odd"; }; doors = { ussd = "home"; };
  states = { home = { end = { sw = "\xd0\x96: ndiyo"; en = "Yes"; }; }; }; };
END
close($file) or die 'odd.cfg';
like((size('-m', "$source/config/menus.cfg", "$folder/odd.cfg"))[1],
    qr{^ 11%  +8 of  70 characters +1 page +odd/home +sw  because of '\xd0\x96'$}m,
    'what takes a screen out of the alphabet is told');
is_deeply([ size('gone.cfg') ], [ $input, '',
    "mlango: cannot read gone.cfg: No such file or directory\n" ],
    'so is a file that is not there');
is((size("$source/config/dialects.cfg"))[0], $data, 'or has no menus in it');
done_testing();

sub size {
	my $out = `'$build/mlango' size @{[ map { "'$_'" } @_ ]} 2>'$folder/err'`;
	my $status = $? >> 8;

	open(my $in, '<', "$folder/err") or die "err: $!";
	local $/;
	return ($status, $out, scalar(<$in>) // '');
}
