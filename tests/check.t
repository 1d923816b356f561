#!/usr/bin/perl
# What `mlango check` prints and how it ends: every broken file gives its
# file:line: error: and its exit status, and what is good passes.
use strict;
use warnings;
use File::Basename qw(basename dirname);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use JSON::PP qw(decode_json);
use Test::More;

my ($usage, $data, $input, $uncreated, $config) = (64, 65, 66, 73, 78);
my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);

my $menus = <<'END';
langs = [ "sw", "en" ];
codes = ( { code = "*152*00#"; root = "root"; } );
root = { text = { sw = "Huduma"; en = "Services"; };
  menu = ( { sw = "Maji"; en = "Water"; next = "maji"; } ); };
institutions = "institutions";
END
my $maji = <<'END';
maji: { title = { sw = "Maji"; en = "Water"; };
  doors = { ussd = "home"; };
  states = { home = { end = { sw = "Asante"; en = "Thanks"; }; };
  }; };
END
my $gateway = <<"END";
dialects = "$source/config/dialects.cfg";
links = (
  { name = "voda"; hosts = [ "10.0.0.1" ]; system_id = "me";
    password_file = "secret"; dialect = "spec"; }
);
END

keep('secret', "hush\n");
chmod 0600, "$folder/secret" or die;
keep('menus.cfg', $menus);
keep('institutions/maji.cfg', $maji);
keep('gateway.cfg', $gateway);

# What is good.
passes('gateway.cfg', '4 files, 0 errors, 0 warnings');
passes('menus.cfg', '2 files, 0 errors, 0 warnings');
passes('institutions/maji.cfg', '1 file, 0 errors, 0 warnings');
for my $sample (glob("$source/config/institutions/*.cfg"),
    "$source/config/menus.cfg", "$source/config/dialects.cfg") {
	my ($status, $said, $sum) = check($sample);
	my @faults = grep { !/^\w+: \d+ talks come by/ } split /\n/, $said;

	is("@faults$status", '0', 'the sample ' . basename($sample) . ' passes');
}

# The command line.
is((check())[0], $usage, 'no file is a wrong command line');
is((check('--quick', 'menus.cfg'))[0], $usage, 'so is an unknown option');
is((check('-m'))[0], $usage, 'so is -m without a file');
fails($input, 'gone.cfg', 'gone.cfg: error: cannot read: No such file');
fails($data, 'institutions', 'institutions: error: cannot read: not a regular');

# A gateway's file, and what it brings along.
my @gateways = (
	[ 'windw = 5', "unknown setting 'windw'; did you mean" ],
	[ 'window = 0', "'window' must be from 1 to 1000, not 0" ],
	[ 'port = "2775"', "'port' must be a whole number" ],
	[ 'dialect = "x"', 'this name stands already in the same group' ],
	[ 'tps = 4294967296', 'the number 4294967296 is too large' ],
	[ 'tps = ', 'syntax error' ],
	[ 'system_type = "\d"', 'a text cannot have \d' ],
	[ 'system_type = "x', 'this text never ends' ],
	[ 'tls_name = "x"', q{'tls_name' does nothing without tls = "on"} ],
	[ 'tls = "yes"', q{'tls' cannot be "yes", only "off" or "on"} ],
);
for (@gateways) {
	my ($setting, $says) = @$_;

	keep('broken.cfg', $gateway =~ s/(dialect = "spec";)/$1 $setting;/r);
	fails($config, 'broken.cfg', "broken.cfg:4: error: $says");
}
keep('broken.cfg', "menus = \"away.cfg\";\n$gateway");
fails($data, 'broken.cfg', 'away.cfg: error: cannot read: No such file');
keep('broken.cfg', $gateway =~ s/"[^"]*dialects.cfg"/"away.cfg"/r);
fails($config, 'broken.cfg', 'away.cfg: error: cannot read: No such file');
keep('broken.cfg', $gateway =~ s/"secret"/"away"/r);
fails($config, 'broken.cfg', 'broken.cfg:4: error: the secret in');

keep('broken.cfg', $gateway =~ s/(dialect = "spec";)/$1 tls = "on"; tls_ca_file = "away";/r);
fails($config, 'broken.cfg', 'broken.cfg:3: error: no TLS for this link: away: No such file');
keep('broken.cfg', $gateway =~ s/(dialect = "spec";)/$1 tls = "on"; tls_ca_file = "secret";/r);
fails($config, 'broken.cfg', 'broken.cfg:3: error: no TLS for this link: secret: it holds no certificate');

# All files in one run, and the worst of them is how it ends.
keep('institutions/bad.cfg', $maji =~ s/maji/bad/r =~ s/home = \{/hme = {/r);
keep('broken.cfg', "port = 0;\n$gateway");
my ($status, $said, $sum) = check('broken.cfg');
is($status, $config, 'a broken configuration outweighs a broken menu');
like($said, qr{^broken\.cfg:1: error: }m, 'it tells of the configuration');
like($said, qr{^institutions/bad\.cfg:2: error: }m, 'and of the menu');
like($sum, qr{^5 files, \d+ errors, 0 warnings$}, 'and counts both');
is((check('menus.cfg'))[0], $data, 'a broken institution breaks its menus');
is((check('menus.cfg', 'gone.cfg'))[0], $input, 'an absent file outweighs all');
unlink "$folder/institutions/bad.cfg";

# For editors.
keep('broken.cfg', "port = 0;\n$gateway");
($status, $said) = check('--json', 'broken.cfg');
is($status, $config, 'as JSON it ends alike');
my $list = decode_json($said)->{findings};
is_deeply([ map { "$_->{file}:$_->{line}: $_->{severity}" } @$list ],
    [ 'broken.cfg:1: error' ], 'as JSON it tells file, line and severity');
like($list->[0]{message}, qr{^unknown setting 'port'}, 'and what is wrong');
is_deeply(decode_json((check('--json', 'menus.cfg'))[1]), {
	findings => [],
	coverage => [ { institution => 'maji',
		file => './institutions/maji.cfg' =~ s{^\./}{}r,
		talks => 0, failed => 0, states => 1, visited_states => 0,
		edges => 0, visited_edges => 0 } ],
	summary => { files => 2, errors => 0, warnings => 0 },
}, 'nothing wrong is an empty list');
keep("odd\xff.cfg", "x\xff");
is((check('--json', "odd\xff.cfg"))[0], $data, 'no name upsets it');

# An institution's file alone.
keep('draft/maji.cfg', $maji);
keep('other.cfg', $menus);
passes('-m', 'other.cfg', 'draft/maji.cfg', '1 file, 0 errors, 0 warnings');
unlink "$folder/menus.cfg";
fails($data, 'draft/maji.cfg', 'draft/maji.cfg: error: there is no menus.cfg');
fails($input, '-m', 'gone.cfg', 'draft/maji.cfg', 'gone.cfg: error: cannot');
keep('menus.cfg', $menus);

# menus.lock: written, held against, and never changed but by hand.
my $two = $maji =~ s/home = .*/home = { text = { sw = "Maji"; en = "Water"; };
    menu = ( { sw = "Deni"; en = "Bill"; next = "done"; },
             { key = "5"; sw = "Bei"; en = "Price"; next = "done"; } ); };
    done = { end = { sw = "Asante"; en = "Thanks"; }; };/r;
my $recorded = "key maji\/home 1 -> done\nkey maji\/home 5 -> done\n";
keep('institutions/maji.cfg', $two);
is(locks('menus.cfg'), 'menus.lock: 3 lines added', '--lock writes what is new');
like(content_of("$folder/menus.lock"),
    qr/^# What.*\n${recorded}key root\/root 1 -> maji\n$/s, 'a line for each key');
is(locks('menus.cfg'), 'menus.lock: 0 lines added', 'and once only');
passes('menus.cfg', '3 files, 0 errors, 0 warnings');
keep('menus.lock', "# Ours.\nkey maji/home 1 -> done\n\n# The end.\n");
is(locks('institutions/maji.cfg') =~ s{^.*/}{}r, 'menus.lock: 1 line added',
    'an institution alone adds its own');
is(content_of("$folder/menus.lock"),
    "# Ours.\nkey maji/home 1 -> done\nkey maji/home 5 -> done\n\n# The end.\n",
    'behind its other lines, and nothing else is touched');
keep('institutions/maji.cfg', $two =~ s/key = "5"/key = "6"/r);
for my $name ('institutions/maji.cfg', 'menus.cfg') {
	my ($status, $said) = check('--lock', $name);

	is($status, $data, 'a key that is gone is an error');
	like($said, qr/maji\.cfg:3: error: home: the key 5 of .* is gone, and/,
	    'at its menu');
	like($said, qr/menus\.lock:3 records/, 'with the line that records it');
}
like(content_of("$folder/menus.lock"), qr{home 5 -> done\nkey maji/home 6},
    'and its line stays');
keep('institutions/maji.cfg', "maji: {");
unlike((check('menus.cfg'))[1], qr/no institution any more/,
    'an institution with an error is not gone');
unlink "$folder/institutions/maji.cfg";
like((check('menus.cfg'))[1], qr{^menus\.lock:2: error: 'maji', whose}m,
    'but one without a file is');
keep('institutions/maji.cfg', $two);
keep('menus.lock', "key maji 1\n");
($status, $said) = check('--lock', 'menus.cfg');
is($status, $data, 'a bad menus.lock is an error');
like($said, qr{^menus\.lock:1: error: a line is}m, 'at its line');
is(content_of("$folder/menus.lock"), "key maji 1\n", 'and is not written');
unlink "$folder/menus.lock";
mkdir "$folder/menus.lock" or die;
is((check('--lock', 'menus.cfg'))[0], $data, 'what is no file is refused');
rmdir "$folder/menus.lock";
is_deeply([ glob("$folder/menus.lock*") ], [], 'nothing is left lying about');
SKIP: {
	skip('root may write anywhere', 1) if $> == 0;
	chmod 0555, $folder;
	is((check('--lock', 'menus.cfg'))[0], $uncreated, 'nor what is not written');
	chmod 0755, $folder;
}

# Talks.
my $talks = <<'END';
  apis = { bill = { get = "https://bills.example/b"; timeout = 900;
                    take = { due = "$.due"; }; }; };
  vars = { due = { type = "money"; max = 9; }; };
  talks = ( { name = "owes"; dial = "*152*00*1*1#";
              given = { bill = "200 owes.json" };
              say = ( "< Deni 1,200" ); } );
  states = { bill = { call = "bill"; ok = "owes"; missing = "done";
                      fail = "done"; slow = "done"; };
    owes = { end = { sw = "Deni {due}"; en = "Due {due}"; }; };
END
my $talking = $two =~ s/  states = \{/$talks/r =~ s/next = "done"/next = "bill"/r;
keep('institutions/maji.cfg', $talking);
keep('institutions/owes.json', '{ "due": 1200 }');
($status, $said) = check('menus.cfg');
is("$status: $said", "0: maji: 1 talk comes by 3 of 4 states and 2 of 6 edges\n",
    'talks are played, and what they come by is counted');
($status, $said) = check('--coverage', 'menus.cfg');
is($status, 0, 'what no talk comes by is no fault');
is_deeply([ map { /: note: no talk goes by (.*)/ ? $1 : () } split /\n/, $said ],
    [ 'bill: missing', 'bill: fail', 'bill: slow', 'home: 5' ],
    'and is listed where it is wanted');
my $told = decode_json((check('--json', '--coverage', 'menus.cfg'))[1]);
is($told->{coverage}[0]{visited_edges}, 2, 'an editor hears of it');
is_deeply($told->{coverage}[0]{unvisited}[3], { edge => 'home: 5', line => 14 },
    'with its line');
keep('institutions/owes.json', '{ "due": 1300 }');
$told = decode_json((check('--json', 'menus.cfg'))[1]);
is_deeply([ @{ $told->{findings}[0] }{qw(check line severity)} ],
    [ 11, 6, 'error' ], 'and of a talk that does not go as written');
is($told->{coverage}[0]{failed}, 1, 'which is counted');
for (
	[ 'no JSON', '{ "due": 1200', 'is no JSON object' ],
	[ 'an array', '[ 1200 ]', 'is no JSON object' ],
	[ 'large', '{' . ' ' x 65536 . '}', 'is larger than 64 KB' ],
	[ 'nothing', undef, 'cannot read: No such file or directory' ],
    ) {
	my ($what, $text, $says) = @$_;

	unlink "$folder/institutions/owes.json";
	keep('institutions/owes.json', $text) if defined $text;
	like((check('menus.cfg'))[1],
	    qr{maji\.cfg:7: error: talk "owes": owes\.json: $says},
	    "an answer that is $what is an error at its line");
}
system('mkfifo', "$folder/institutions/owes.json") == 0 or die;
like((check('menus.cfg'))[1], qr{owes\.json: cannot read: not a regular file},
    'nobody waits for a pipe');
unlink "$folder/institutions/owes.json";
keep('institutions/maji.cfg', $maji);

# Every broken menu there is: 'LINE: check N: what is said' is its first line;
# tests/unit/broken_menus_test.c tells the rest of how they are written.
my $latra = <<'END';
latra: { title = { sw = "Nauli"; en = "Fares"; };
  doors = { ussd = "home"; sms = ( { word = "NAULI"; next = "home"; } );
    open = { fares = "home"; unseen = "unseen"; around = "around"; }; };
  vars = { no = { type = "digits"; max = 8; };
    name = { type = "text"; max = 20; };
    pin = { type = "pin"; max = 4; };
    stops = { type = "rows"; max = 5; width = 9; cols = [ "id", "name" ]; }; };
  apis = { bus = { get = "http://127.0.0.1/{no}"; timeout = 2000;
      take = { name = "$.n"; stops = "$.s[*](id,name)"; };
      share = [ "maji" ]; };
    pay = { post = "http://127.0.0.1/"; timeout = 2000;
      body = { pin = "{pin}"; }; share = [ "maji" ]; };
    own = { get = "http://127.0.0.1/"; timeout = 2000;
      take = { name = "$.n"; }; }; };
  states = { unseen = { route = ( { when = "lang == 'sw'"; next = "maji"; },
      { next = "home"; } ); };
    around = { say = { sw = "Nauli"; en = "Fares"; }; next = "maji"; };
    home = { end = { sw = "Asante"; en = "Thanks"; }; }; }; };
END
my @broken = glob("$source/tests/broken/menus/*.cfg");
my %seeded;
cmp_ok(scalar(@broken), '>=', 200, 'there are broken menus enough');
for my $path (@broken) {
	my $text = content_of($path);
	my ($line, $check, $fate, $says) =
	    $text =~ /^# (\d+): check (\d+)(?: (\w+))?: (.*)/ or die $path;
	my $grade = ($fate // '') eq 'warns' ? 'warning' : 'error';
	my $expected = $grade eq 'error' ? $data : 0;
	my ($kind) = basename($path) =~ /^(menus|between)_/;
	my ($name, @args) = ('draft/maji.cfg', '-m', 'other.cfg');

	($name, @args) = ('top.cfg') if ($kind // '') eq 'menus';
	($name, @args) = ('between/maji.cfg') if ($kind // '') eq 'between';
	$text .= "institutions = \"institutions\";\n" if $name eq 'top.cfg';
	keep($name, $text);
	keep('between.cfg', $menus =~ s/"institutions"/"between"/r);
	keep('between/latra.cfg', $latra);
	my @lock = $text =~ /^# menus\.lock: (.*)/mg;
	for my $lock (qw(other.lock top.lock)) {
		unlink "$folder/$lock";
		keep($lock, join('', map { "$_\n" } @lock)) if @lock;
	}
	my ($status, $said) =
	    check(@args, $name =~ /^between/ ? 'between.cfg' : $name);
	my $where = $line > 0 ? "$name:$line:" : "$name:";
	my $told = grep { index($_, "$where $grade: ") == 0 &&
	    index($_, $says) >= 0 } split /\n/, $said;
	$seeded{$check}++;
	ok($status == $expected && $told == 1, basename($path) . ' is refused')
	    or diag("$status, not '$where $grade: ... $says':\n$said");
}
is_deeply([ grep { !$seeded{$_} } 1 .. 11 ], [], 'every check is among them');
done_testing();

sub passes {
	my ($sum, @args) = (pop, @_);
	my ($status, $said, $summary) = check(@args);

	is("$status: $said$summary", "0: $sum\n", "@args passes");
}

# The one thing that is said begins so, and the status is this.
sub fails {
	my ($expected, $says, @args) = (shift, pop, @_);
	my ($status, $said) = check(@args);
	my @lines = split /\n/, $said;

	ok($status == $expected && @lines == 1 &&
	    (index($lines[0], $says) == 0 || index($lines[0], "./$says") == 0),
	    "@args ends with $expected: $says")
	    or diag("$status:\n$said");
}

# What it says of the lines that it added.
sub locks {
	my ($status, $said, $summary) = check('--lock', @_);

	return $status == 0 ? (split /\n/, $summary)[0] : $said;
}

sub check {
	my $args = join ' ', map { quotemeta } @_;
	my $said = `cd '$folder' && '$build/mlango' check $args 2>stderr`;

	return ($? >> 8, $said, content_of("$folder/stderr"));
}

sub keep {
	my ($name, $text) = @_;

	make_path(dirname("$folder/$name"));
	open my $out, '>', "$folder/$name" or die "$name: $!";
	print $out $text;
	close $out or die "$name: $!";
}

sub content_of {
	my ($path) = @_;

	open my $in, '<', $path or die "$path: $!";
	local $/;
	return <$in>;
}
