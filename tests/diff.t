#!/usr/bin/perl
# What `mlango diff` prints and how it ends: as diff does, with 0 where nothing
# has changed and 1 where something has.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use JSON::PP qw(decode_json);
use Test::More;

my ($same, $different, $usage, $data, $input) = (0, 1, 64, 65, 66);
my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);

system('cp', '-R', "$source/config", "$folder/old") == 0 or die 'cp';
system('cp', '-R', "$source/config", "$folder/new") == 0 or die 'cp';

is_deeply([ diff("$folder/old/menus.cfg", "$folder/new/menus.cfg") ],
    [ $same, '', '' ], 'of two that are the same there is nothing to say');

edit('new/institutions/maji.cfg', sub {
	s/"Uliza deni"; en = "Check bill"/"Uliza deni"; en = "Your bill"/;
	s/"DENI/"BILI/g;
	s/timeout = 2000/timeout = 3000/;
	s/\btoo_often\b/too_many/g;
	s/(\{ sw = "Toa taarifa)/{ key = "5"; sw = "Toa taarifa/;
});
my $told = <<'END';
Keys
  maji/home: the key 2 "Toa taarifa ya uvujaji", which led to 'areas', is gone; what it was is 5 now
  maji/home: the key 5 "Toa taarifa ya uvujaji" is new and leads to 'areas'

Keywords
  maji: the keyword BILI is new and leads to 'bill' with acct
  maji: the keyword DENI, which led to 'bill' with acct, is gone; what it was is BILI now

Texts
  maji: DENI, example is gone: it was "DENI A1234567"
  maji: BILI, example is new: "BILI A1234567"
  maji/home: 1 (en)
    - "Check bill"
    + "Your bill"
  maji/home: 2 (sw)
    - "Toa taarifa ya uvujaji"
  maji/home: 2 (en)
    - "Report a leak"
  maji/home: 5 (sw)
    + "Toa taarifa ya uvujaji"
  maji/home: 5 (en)
    + "Report a leak"

States
  maji/too_many: was called 'too_often'

Services
  maji: api places: timeout was 2000 and is 3000 now
END
is_deeply([ diff(map { "$folder/$_/institutions/maji.cfg" } qw(old new)) ],
    [ $different, $told, '' ], 'what has changed is told of an institution');
$told =~ s/^Texts\n\K/<<'END'/me;
  the menus file: unknown (sw)
    - "Neno halijulikani. Maneno yanayotumika: NAULI, DENI, LALAMIKO, TIKETI, MATOKEO, CHETI"
    + "Neno halijulikani. Maneno yanayotumika: NAULI, BILI, LALAMIKO, TIKETI, MATOKEO, CHETI"
  the menus file: unknown (en)
    - "Unknown keyword. The keywords in use: NAULI, DENI, LALAMIKO, TIKETI, MATOKEO, CHETI"
    + "Unknown keyword. The keywords in use: NAULI, BILI, LALAMIKO, TIKETI, MATOKEO, CHETI"
END
is_deeply([ diff(map { "$folder/$_/menus.cfg" } qw(old new)) ],
    [ $different, $told, '' ], 'and of all of them');

my ($status, $out) = diff('--json', "$folder/old/menus.cfg",
    "$folder/new/menus.cfg");
my $changes = decode_json($out);
is($status, $different, 'a program reads it, too');
is_deeply($changes->[0], { kind => 'key', how => 'gone',
    institution => 'maji', subject => 'home', what => '2', lang => undef,
    was => q{'areas'}, is => undef, now => '5',
    line => $changes->[0]{line}, message =>
	q{maji/home: the key 2 "Toa taarifa ya uvujaji", which led to } .
	q{'areas', is gone; what it was is 5 now} },
    'with all parts of a change');
is_deeply([ map { $_->{kind} } @$changes ], [ ('key') x 2, ('keyword') x 2,
    ('text') x 9, 'state', 'call' ], 'in the same order');
is((diff('--json', ("$folder/old/menus.cfg") x 2))[1], "[]\n",
    'and of nothing an empty list');

unlink("$folder/new/institutions/latra.cfg") or die 'latra.cfg';
edit('new/menus.cfg', sub { s/\{ key = "4".*?\) *; \},\s*//s });
like((diff("$folder/old/menus.cfg", "$folder/new/menus.cfg"))[1],
    qr/^Doors\n  latra is gone\n/, 'an institution that is gone comes first');

is_deeply([ diff("$folder/old/menus.cfg", 'gone.cfg') ], [ $input, '',
    "mlango: cannot read gone.cfg: No such file or directory\n" ],
    'a file that is not there is told');
edit('new/institutions/maji.cfg', sub { s/next = "areas"/next = "nowhere"/ });
($status, $out, my $err) = diff("$folder/old/menus.cfg",
    "$folder/new/menus.cfg");
is("$status$out", $data, 'what is broken is not compared');
like($err, qr{new/institutions/maji\.cfg:\d+: error: }, 'and told');
($status, $out, $err) = diff("$folder/old/menus.cfg",
    "$folder/old/institutions/maji.cfg");
is("$status$out", $usage, 'neither are an institution and all of them');
isnt($err, '', 'with a reason');
done_testing();

sub diff {
	my $out = `'$build/mlango' diff @{[ map { "'$_'" } @_ ]} 2>'$folder/err'`;
	my $status = $? >> 8;

	return ($status, $out, content_of("$folder/err"));
}

sub edit {
	my ($file, $change) = @_;
	local $_ = content_of("$folder/$file");

	$change->();
	open(my $out, '>', "$folder/$file") or die "$file: $!";
	print $out $_;
	close($out) or die "$file: $!";
}

sub content_of {
	my ($path) = @_;

	open(my $in, '<', $path) or die "$path: $!";
	local $/;
	return scalar(<$in>) // '';
}
