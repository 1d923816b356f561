#!/usr/bin/perl
# The control socket: whoever may connect gives orders, one a line, and hears
# one answer for each; what is no order is refused, and nobody who is slow,
# silent or many gets in another's way.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use IO::Socket::UNIX;
use Test::More;
use Time::HiRes qw(sleep);

my ($usage, $input, $unavailable, $cannot, $denied) = (64, 66, 69, 73, 77);
my $source = $ENV{MLANGO_SRCDIR} // abs_path(dirname(__FILE__) . '/..');
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);
my $socket = "$folder/gateway.sock";

my $daemon;

$SIG{PIPE} = 'IGNORE';
chdir($folder) or die "$folder: $!";
chmod(0711, $folder);
write_file('secret', "secret\n");
chmod(0600, 'secret');
write_config('gateway.cfg', '');

is((ctl('help'))[0], $unavailable, 'without a gateway there is nobody to ask');
is((ctl('-c', 'gone.cfg', 'help'))[0], $input,
    'nor without its configuration');

$daemon = start('gateway.cfg');
ok(becomes(sub { -S $socket }), 'a gateway listens beside its file');
is(sprintf('%o', (stat($socket))[2] & 0777), '660',
    'its socket is for owner and group');

my ($status, $out, $err) = ctl('show', 'menus');
is($status, 0, 'an order is done');
like($out, qr/^maji +[0-9a-f]{32}/m, 'and answered on standard output');
($status, $out) = ctl('--json', 'show', 'menus', 'maji');
like($out, qr/\A\{"ok":true,.*"live":\[\{"name":"maji","hash":"\w+"\}\].*\}\n\z/,
    'or in JSON, one line');
($status, $out, $err) = ctl('sohw', 'menus');
is("$status$out", $usage, 'what is no order is refused');
like($err, qr/did you mean 'show menus'/, 'with the nearest that is');
($status, $out) = ctl('--json', 'sing');
is($status, $usage, 'in JSON too');
like($out, qr/\A\{"ok":false,"code":"usage","problem":"[^"]+"\}\n\z/,
    'with a code and a sentence');
is((ctl('-s', $socket, 'help'))[0], 0, 'a socket may be named itself');
is((ctl('-s', 'x' x 200, 'help'))[0], $unavailable, 'but not one too long');
is((ctl('help', "a\nreload"))[0], $usage, 'an order has one line');

my $orders = $source . '/man/mlango.1';
my $manual = do { local (@ARGV, $/) = $orders; <> };
for (map { /^(\w[^A-Z\[]*?) (?:[A-Z\[]| )/ ? $1 : () }
    split(/\n/, (ctl('help'))[1])) {
	next if $_ eq 'order';
	like($manual, qr/^\.It Ic \Q$_\E\b/m, "mlango(1) tells of '$_'");
}

# Lines, as they come.
is(say_to("help reload\nhelp help\n"),
    answer('ok', "order   does\n" .
	"reload  reads the files again, as SIGHUP does\n") .
    answer('ok', "order           does\n" .
	"help [WORD...]  lists what may be ordered\n"),
    'an answer for each line, in order');
is(say_to("help help\r\n"), say_to("help help\n"), 'CR LF ends a line too');
like(say_to("show\tmenus\n"), qr/^usage \d+\na line is /,
    'a control character is refused');
like(say_to('x' x 5000 . "\nhelp\n"), qr/^usage \d+\nthe line is too long\n\z/,
    'so is a line too long, and nothing behind it is heard');
like(say_to('y' x 9000), qr/^usage \d+\nthe line is too long\n\z/,
    'even one without an end');
like(say_to("submit a{9999999}\n"), qr/^usage \d+\nthe files .* larger/,
    'so are files too large');
is(say_to("help"), '', 'half a line is no order');
is(say_to(''), '', 'nor is nothing');

# Many, silent, gone.
my @idle = map { open_socket() } 1 .. 31;
ok(becomes(sub { (ctl('help'))[0] == 0 }), 'idle ones are in nobody\'s way');
push(@idle, map { open_socket() } 1 .. 8);
ok(becomes(sub { (ctl('help'))[0] == $unavailable }),
    'past thirty-two the next is refused');
@idle = ();
ok(becomes(sub { (ctl('help'))[0] == 0 }), 'until some have gone');
for (1 .. 50) {
	print { open_socket() } "help\n" x 100;
}
is((ctl('help'))[0], 0, 'who goes without listening leaves nothing behind');
my $slow = open_socket();
$slow->blocking(0);
my $poured = 0;
for (1 .. 2000) {
	my $took = syswrite($slow, "help\n" x 1000);

	last if !defined $took;
	$poured += $took;
}
is((ctl('help'))[0], 0, 'who never reads holds nobody up');
cmp_ok($poured, '<', 8 * 1024 * 1024, 'and is not listened to for ever');

# Another user.
SKIP: {
	skip('only root can be somebody else', 2) if $> != 0;
	($status, $out, $err) = as_nobody('help');
	is($status, $denied, 'a stranger is not let in');
	chmod(0666, $socket);
	is((as_nobody('help'))[0], 0, 'but by the permissions of the file');
}

# One socket, one gateway.
my $second = start('gateway.cfg');
waitpid($second, 0);
is($? >> 8, $cannot, 'a second gateway on the socket does not start');
like(content('second.log') . content('log'), qr/a gateway runs already/,
    'and says why');
is((ctl('help'))[0], 0, 'the first one never noticed');
kill('KILL', $daemon);
waitpid($daemon, 0);
ok(-S $socket, 'one that is killed leaves its socket');
$daemon = start('gateway.cfg');
ok(becomes(sub { (ctl('help'))[0] == 0 }), 'which the next one replaces');
kill('TERM', $daemon);
waitpid($daemon, 0);
$daemon = 0;
is($?, 0, 'one that ends in order');
ok(!-e $socket, 'takes it along');

for my $wrong ([ 'control = "gone/x.sock";', 'a folder that is not there' ],
    [ 'control = "' . 'x' x 120 . '";', 'a path too long' ],
    [ 'control_group = "nobody-has-this";', 'a group that is not there' ]) {
	my ($setting, $what) = @$wrong;

	write_config('wrong.cfg', $setting =~ /^control_group/ ?
	    qq(control = "w.sock"; $setting) : $setting);
	my $pid = start('wrong.cfg');
	waitpid($pid, 0);
	is($? >> 8, $cannot, "$what keeps it from starting");
}
done_testing();

# Whatever becomes of the test, its daemon goes with it.
END {
	kill('KILL', $daemon) if $daemon;
}

sub answer {
	my ($code, $text) = @_;

	return sprintf("%s %d\n%s", $code, length($text), $text);
}

sub write_config {
	my ($name, $more) = @_;

	write_file($name, <<"END");
menus = "$source/config/menus.cfg";
dialects = "$source/config/dialects.cfg";
redis: { socket = "nobody.sock"; };
links = ( { name = "voda"; hosts = [ "127.0.0.1" ]; port = 1;
	system_id = "mlango"; password_file = "secret"; dialect = "spec"; } );
$more
END
}

sub start {
	my ($config) = @_;
	my $pid = fork() // die "fork: $!";

	if ($pid == 0) {
		open(STDERR, '>>', 'log') or exit 126;
		exec("$build/mlango", 'run', '-c', $config) or exit 127;
	}
	return $pid;
}

sub ctl {
	return run_as($>, "$build/mlango", 'ctl', @_);
}

sub as_nobody {
	return run_as(65534, "$build/mlango", 'ctl', '-s', $socket, @_);
}

sub run_as {
	my ($uid, @command) = @_;
	my $pid = open(my $in, '-|') // die "fork: $!";

	if ($pid == 0) {
		open(STDERR, '>', 'err') or exit 126;
		if ($uid != $>) {
			$) = "$uid $uid";
			$( = $uid;
			$< = $> = $uid;
		}
		exec(@command) or exit 127;
	}
	my $out = do { local $/; <$in> } // '';
	close($in);
	return ($? >> 8, $out, content('err'));
}

sub open_socket {
	return IO::Socket::UNIX->new(Peer => $socket) // die "$socket: $!";
}

# What is answered until the daemon closes.
sub say_to {
	my $s = open_socket();

	print $s @_;
	$s->flush;
	shutdown($s, 1);
	return do { local $/; <$s> } // '';
}

sub write_file {
	my ($name, $text) = @_;

	open(my $out, '>', "$folder/$name") or die "$name: $!";
	print $out $text;
	close($out) or die "$name: $!";
}

sub content {
	my ($name) = @_;

	open(my $in, '<', "$folder/$name") or return '';
	local $/;
	return scalar(<$in>) // '';
}

# Waits for a condition, and no longer than half a minute.
sub becomes {
	my ($holds) = @_;

	for (1 .. 600) {
		return 1 if $holds->();
		sleep(0.05);
	}
	return 0;
}
