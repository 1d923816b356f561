#!/usr/bin/perl
# A daemon that cannot start whole does not start at all: what is wrong with
# the command line or the files is said, the status tells which, and nobody is
# connected to.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use IO::Select;
use IO::Socket::INET;
use Test::More;

my ($usage, $data, $input, $config) = (64, 65, 66, 78);
my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);

# Stands for the operator and for Redis: whoever connects is seen.
my $listener = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 5)
    or die "listen: $!";
my $port = $listener->sockport;

keep('secret', "hush\n", 0600);
keep('open', "hush\n", 0644);
keep('menus.cfg', <<'END');
langs = [ "sw", "en" ];
codes = ( { code = "*152*00#"; root = "root"; } );
root = { text = { sw = "Huduma"; en = "Services"; };
  menu = ( { sw = "Maji"; en = "Water"; next = "maji"; } ); };
institutions = ".";
END
keep('broken-menus.cfg', "langs = [ \"sw\" ;\n");
my $link = <<"END";
{ name = "voda"; hosts = [ "127.0.0.1" ]; port = $port; system_id = "me";
  password_file = "secret"; dialect = "spec"; }
END
my $rest = <<"END";
dialects = "$source/config/dialects.cfg";
redis = { host = "127.0.0.1"; port = $port; };
END

# The command line.
ends($usage, qr/usage: mlango run/, [], 'no file');
ends($usage, qr/usage: mlango run/, ['--quickly'], 'an unknown option');
ends($usage, qr/usage: mlango run/, ['-c'], 'an option without its value');
ends($usage, qr/usage: mlango run/, ['-c', 'a', 'b'], 'a word too many');
ends($usage, qr/no setting/, ['--explain', 'links.colour'],
    'a setting that is not there');
ends($input, qr/gone\.cfg: error: cannot read/, ['-c', "$folder/gone.cfg"],
    'a file that is not there');

# The files: each of these is one fault.
my @broken = (
	['a syntax error', $config, "menus = ;\n", qr/:1: error: /],
	['an unknown setting', $config, "menu = \"x\";\nlinks = ( $link );\n",
	    qr/:1: error: .*did you mean 'menus'/],
	['no links', $config, '', qr/error: .*links/],
	['a link without an account', $config,
	    "links = ( { name = \"v\"; hosts = [ \"127.0.0.1\" ]; } );\n",
	    qr/error: .*system_id/],
	['a window too wide', $config,
	    "links = ( " . $link =~ s/dialect/window = 5000; dialect/r . " );\n",
	    qr/:2: error: .*window/],
	['a dialect that nobody speaks', $config,
	    "links = ( " . $link =~ s/"spec"/"spek"/r . " );\n",
	    qr/:2: error: .*did you mean "spec"/],
	['a password that anyone may read', $config,
	    "links = ( " . $link =~ s/"secret"/"open"/r . " );\n",
	    qr/:2: error: .*everybody/],
	['a certificate that is not there', $config,
	    "links = ( " . $link =~ s/dialect/tls = "on"; tls_ca_file = "none"; dialect/r
	    . " );\n", qr/:1: error: no TLS for this link: .*none: No such file/],
	['menus that are not there', $data,
	    "menus = \"none.cfg\";\nlinks = ( $link );\n",
	    qr/none\.cfg: error: cannot read/],
	['menus that do not parse', $data,
	    "menus = \"broken-menus.cfg\";\nlinks = ( $link );\n",
	    qr/broken-menus\.cfg:1: error: /],
);
for my $b (@broken) {
	my ($what, $status, $text, $says) = @$b;

	keep('gateway.cfg', $text . $rest);
	ends($status, $says, ['-c', "$folder/gateway.cfg"], $what);
}

is(scalar(IO::Select->new($listener)->can_read(0)), undef,
    'nobody was connected to');

# The same listener does see a daemon whose files are good.
keep('gateway.cfg', "links = ( $link );\n$rest");
my $pid = fork() // die "fork: $!";
if ($pid == 0) {
	open(STDERR, '>', '/dev/null');
	exec("$build/mlango", 'run', '-c', "$folder/gateway.cfg");
	exit 127;
}
ok(IO::Select->new($listener)->can_read(30), 'but a good one connects');
kill('TERM', $pid);
waitpid($pid, 0);
is($?, 0, 'and ends in order when it is told to');

done_testing();

sub ends
{
	my ($status, $says, $arguments, $what) = @_;
	my $pid = open(my $out, '-|') // die "fork: $!";

	if ($pid == 0) {
		open(STDERR, '>&', \*STDOUT);
		exec("$build/mlango", 'run', @$arguments);
		exit 127;
	}
	my $said = do { local $/; <$out> } // '';
	close($out);
	is($? >> 8, $status, "$what ends with $status");
	like($said, $says, "$what is named");
}

sub keep
{
	my ($name, $text, $mode) = @_;

	open(my $f, '>', "$folder/$name") or die "$name: $!";
	print $f $text;
	close($f);
	chmod($mode, "$folder/$name") if defined $mode;
}
