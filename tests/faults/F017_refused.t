#!/usr/bin/perl
# One gateway with a link to each of many operators, and only one of them has
# a certificate that holds. To the others nothing is said, in TLS or in the
# clear, and a line says why.
#
# takes 5 s
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use IO::Select;
use IO::Socket::INET;
use Test::More;
use Time::HiRes qw(sleep time);

my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/../..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);
my $refused = q{no TLS: the peer's certificate is refused: };
my @children;
pipe(my $open, my $keeps_it_open) or BAIL_OUT("pipe: $!"); # s_server ends with it

$ENV{MLANGO_DATADIR} = "$source/config";
system("$build/tests/certificates", $folder) == 0
    or BAIL_OUT('make check builds tests/certificates');

# A link's name, its operator's port, and what the log must say of it.
my @links = (
	[ good => box('good'), 'bound 127.0.0.1:' ],
	[ wrong_ca => box('stranger'), $refused
	    . 'its authority is not in tls_ca_file' ],
	[ self_signed => box('self'), $refused
	    . 'it is self-signed, and not in tls_ca_file' ],
	[ expired => box('expired'), $refused . 'it has expired from=' ],
	[ early => box('early'), $refused . 'it is not valid yet from=' ],
	[ wrong_name => box('elsewhere'), $refused . 'it is for another address '
	    . 'wanted=127.0.0.1 has=smsc.elsewhere.example has=192.0.2.1' ],
	[ wants_ours => box('good', '--tls-ca', "$folder/ca.pem"),
	    'no TLS: the peer wants a certificate of ours' ],
	[ tls_1_0 => old_box('-tls1'), 'no TLS: the peer speaks no TLS from 1.2 on' ],
	[ tls_1_1 => old_box('-tls1_1'),
	    'no TLS: the peer speaks no TLS from 1.2 on' ],
);
my ($plain, $plain_port) = listener();
my ($mute, $mute_port) = listener();
push @links, [ plain => $plain_port, 'no TLS: the peer does not speak TLS' ],
    [ mute => $mute_port, 'no TLS: no handshake in time' ];

my $gateway = gateway();
my %heard = ($plain => '', $mute => '');
for (@links) {
	my ($name, $port, $says) = @$_;

	ok(becomes(sub { logged("$name: ", $says) }), "$name: $says")
	    or diag(content_of("$folder/log"));
}
# Not at the second try either, nor at the third.
for my $name (qw(plain mute)) {
	ok(becomes(sub { (() = content_of("$folder/log") =~
	    /\b$name: down no TLS/g) >= 3 }), "$name is tried again and again");
}
kill('TERM', $gateway);
waitpid($gateway, 0);
is($?, 0, 'the gateway ends in order');
for my $octets (values(%heard)) {
	like($octets, qr/^\x16\x03/, 'who speaks no TLS is greeted in TLS');
	unlike($octets, qr/account|secret/, 'and told nothing in the clear');
}
for my $name (qw(stranger self expired early elsewhere)) {
	my $said = content_of("$folder/$name.out");

	like($said, qr/never came: no TLS: /, "$name saw nobody come");
	unlike($said, qr/<-/, 'and heard no PDU');
}
kill('TERM', @children);
done_testing();

# ---- operators

# `mlango smsc` with that certificate; gives its port.
sub box {
	my ($certificate, @more) = @_;
	my $name = join('', $certificate, @more ? '-asks' : '');

	start("$folder/$name.out", "$build/mlango", 'smsc', '-v', '--port', '0',
	    '--tls-cert', "$folder/$certificate.pem",
	    '--tls-key', "$folder/$certificate.key", @more);
	return port_in("$folder/$name.out", qr/on 127\.0\.0\.1:(\d+) in TLS/);
}

# We do not speak old versions, not even as an operator.
sub old_box {
	my ($version) = @_;

	start("$folder/old$version.out", 'openssl', 's_server', '-accept',
	    '127.0.0.1:0', $version, '-cipher', 'ALL:@SECLEVEL=0', '-cert',
	    "$folder/good.pem", '-key', "$folder/good.key");
	return port_in("$folder/old$version.out", qr/ACCEPT 127\.0\.0\.1:(\d+)/);
}

sub port_in {
	my ($file, $pattern) = @_;
	my $port;

	becomes(sub { ($port) = content_of($file) =~ $pattern })
	    or BAIL_OUT("nobody listens: " . content_of($file));
	return $port;
}

sub listener {
	my $socket = IO::Socket::INET->new(Listen => 10,
	    LocalAddr => '127.0.0.1', Proto => 'tcp') or BAIL_OUT("listen: $!");

	return ($socket, $socket->sockport);
}

# One of them answers what it takes for a PDU of an impossible length, and
# hangs up; the other listens and says nothing.
my @talking;
sub play_operators {
	for my $socket (IO::Select->new($plain, $mute)->can_read(0.05)) {
		push(@talking, [ $socket, scalar($socket->accept) ]);
	}
	for my $talk (@talking) {
		my ($socket, $client) = @$talk;

		next if !$client || !IO::Select->new($client)->can_read(0);
		$talk->[1] = undef if !sysread($client, my $octets, 65536);
		$heard{$socket} .= $octets // '';
		next if $socket != $plain;
		syswrite($client, pack('N4', 16, 0x80000000, 2, 0));
		$talk->[1] = undef;
	}
}

# ---- the gateway

sub gateway {
	my $links = join(', ', map { <<"END" } @links);
{ name = "$_->[0]"; hosts = [ "127.0.0.1" ]; port = $_->[1];
  system_id = "account"; password_file = "secret"; dialect = "spec";
  connect_ms = 500; retry_least_ms = 50; retry_most_ms = 200;
  tls = "on"; tls_ca_file = "ca.pem"; }
END
	keep('secret', "secret\n");
	keep('gateway.cfg', <<"END");
menus = "$source/config/menus.cfg";
dialects = "$source/config/dialects.cfg";
redis = { socket = "none.sock"; };
links = ( $links );
END
	return start("$folder/log", "$build/mlango", 'run', '-c',
	    "$folder/gateway.cfg");
}

sub start {
	my ($log, @command) = @_;
	my $pid = fork() // BAIL_OUT("fork: $!");

	if ($pid == 0) {
		open(STDIN, '<&', $open);
		open(STDOUT, '>', $log);
		open(STDERR, '>&', \*STDOUT);
		exec('setpriv', '--pdeathsig', 'KILL', '--', @command) or exit 127;
	}
	push(@children, $pid);
	return $pid;
}

sub logged {
	my ($name, $text) = @_;

	return grep { index($_, $name) >= 0 && index($_, $text) >= 0 }
	    split(/\n/, content_of("$folder/log"));
}

# Waits for a condition, and no longer than half a minute.
sub becomes {
	my ($holds) = @_;

	for (my $until = time() + 30; time() < $until;) {
		return 1 if $holds->();
		defined($plain) ? play_operators() : sleep(0.05);
	}
	return 0;
}

sub keep {
	my ($name, $text) = @_;

	open(my $out, '>', "$folder/$name") or die "$name: $!";
	print $out $text;
	close($out) or die "$name: $!";
	chmod(0600, "$folder/$name");
}

sub content_of {
	my ($path) = @_;

	open(my $in, '<', $path) or return '';
	local $/;
	return scalar(<$in>) // '';
}
