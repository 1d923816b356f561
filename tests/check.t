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

my ($usage, $data, $input, $config) = (64, 65, 66, 78);
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

	is("$said$status", '0', 'the sample ' . basename($sample) . ' passes');
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
my $list = decode_json($said);
is_deeply([ map { "$_->{file}:$_->{line}: $_->{severity}" } @$list ],
    [ 'broken.cfg:1: error' ], 'as JSON it tells file, line and severity');
like($list->[0]{message}, qr{^unknown setting 'port'}, 'and what is wrong');
is((check('--json', 'menus.cfg'))[1], "[]\n", 'nothing wrong is an empty list');
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

# Every broken menu there is: 'LINE: check N: what is said' is its first line.
my @broken = glob("$source/tests/broken/menus/*.cfg");
cmp_ok(scalar(@broken), '>=', 40, 'there are broken menus enough');
for my $path (@broken) {
	my $text = content_of($path);
	my ($line, $says) = $text =~ /^# (\d+): check \d+: (.*)/ or die $path;
	my $name = basename($path) =~ /^menus_/ ? 'top.cfg' : 'draft/maji.cfg';
	my $where = $line > 0 ? "$name:$line:" : "$name:";

	$text .= "institutions = \"institutions\";\n" if $name eq 'top.cfg';
	keep($name, $text);
	my @args = $name eq 'top.cfg' ? ($name) : ('-m', 'other.cfg', $name);
	my ($status, $said) = check(@args);
	my $told = grep { index($_, "$where error: ") == 0 &&
	    index($_, $says) >= 0 } split /\n/, $said;
	ok($status == $data && $told == 1, basename($path) . ' is refused')
	    or diag("$status, not '$where error: ... $says':\n$said");
}
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
