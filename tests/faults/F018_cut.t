#!/usr/bin/perl
# Somebody sits between the gateway and its operator: cuts their connection in
# the middle of a record or between two, resets it, changes an octet. Each is a
# drop, after which the link comes back; and nothing that passed can be read. So
# is an operator that wants to agree on TLS once more.
#
# takes 8 s
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use IO::Select;
use IO::Socket::INET;
use Socket qw(SOL_SOCKET SO_LINGER);
use Test::More;
use Time::HiRes qw(sleep time);

my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/../..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);
my $app_data = 23; # the type of a record (RFC 8446, 5.1)
my $cut = 'cut off: TLS was not closed';

# What is done to a record of the operator's, and what the log says then.
my @faults = (
	[ 'cut in the middle of a record', \&cut_within, $cut ],
	[ 'cut within the five octets before it', \&cut_before, $cut ],
	[ 'cut between two records', \&cut_between, $cut ],
	[ 'a reset', \&reset_it, 'Connection reset by peer' ],
	[ 'a changed octet', \&change, 'somebody has changed what was sent' ],
);

$ENV{MLANGO_DATADIR} = "$source/config";
system("$build/tests/certificates", $folder) == 0
    or BAIL_OUT('make check builds tests/certificates');
pipe(my $hears, my $orders) or BAIL_OUT("pipe: $!");
my $operator = start("$folder/operator", "$build/mlango", 'smsc', '-v', '--port', '0',
    '--tls-cert', "$folder/good.pem", '--tls-key', "$folder/good.key");
my $port;
becomes(sub { ($port) = content_of("$folder/operator") =~ /:(\d+) in TLS/ })
    or BAIL_OUT('no operator');

# It speaks no SMPP: the bind to it would wait for its answer a long time.
my $restless = start("$folder/restless", 'openssl', 's_server', '-tls1_2',
    '-accept', '127.0.0.1:0', '-cert', "$folder/good.pem",
    '-key', "$folder/good.key");
my $restless_port;
becomes(sub { ($restless_port) =
    content_of("$folder/restless") =~ /ACCEPT 127\.0\.0\.1:(\d+)/ })
    or BAIL_OUT('no s_server');

my $proxy = IO::Socket::INET->new(Listen => 10, LocalAddr => '127.0.0.1',
    Proto => 'tcp') or BAIL_OUT("listen: $!");
my ($near, $far, $rest, $fault); # gateway, operator, a record's part
my $passed = '';
my $gateway = gateway($proxy->sockport);

ok(becomes(sub { bound() == 1 }), 'the link is up') or diag(said());
for (my $n = 0; $n < @faults; $n++) {
	my ($name, $deed, $says) = @{ $faults[$n] };
	my $from = length(said());

	$fault = $deed; # of the next record: an answer to an enquire_link
	ok(becomes(sub { substr(said(), $from) =~
	    /voda: down (no TLS: )?\Q$says\E/ }), "$name: $says")
	    or diag(said());
	ok(becomes(sub { bound() == $n + 2 }), 'and the link comes back')
	    or diag(said());
}
ok(becomes(sub { content_of("$folder/restless") =~ /CIPHER is/ }),
    'another operator is greeted') or diag(said());
syswrite($orders, "r\n");
ok(becomes(sub { said() =~ / again: down (?!no answer)/ }),
    'and dropped when it wants to agree once more') or diag(said());
like(content_of("$folder/restless"), qr/no renegotiation/, 'as it has heard');
unlike($passed, qr/account|secret/, 'nothing that passed can be read');
kill('TERM', $gateway);
my $ended = becomes(sub { waitpid($gateway, 1) == $gateway });
ok($ended && $? == 0, 'the gateway ends in order');
unlike(said(), qr/ error /, 'and nothing is wrong with us');
kill('TERM', $operator, $restless);
done_testing();

# ---- what befalls a record

sub cut_within {
	my ($record) = @_;

	syswrite($near, substr($record, 0, length($record) - 3));
	hang_up();
}

sub cut_before {
	syswrite($near, substr($_[0], 0, 4));
	hang_up();
}

sub cut_between {
	syswrite($near, $_[0]);
	hang_up();
}

sub reset_it {
	setsockopt($near, SOL_SOCKET, SO_LINGER, pack('ii', 1, 0));
	hang_up();
}

sub change {
	my ($record) = @_;

	substr($record, 9, 1) ^= "\x01";
	syswrite($near, $record);
}

# ---- between the two

sub relay {
	my @all = grep { defined } $proxy, $near, $far;

	for my $ready (IO::Select->new(@all)->can_read(0.05)) {
		if ($ready == $proxy) {
			meet();
			return;
		}
		next if !defined($near);
		if (!sysread($ready, my $octets, 65536)) {
			hang_up();
			return;
		} elsif ($ready == $near) {
			$passed .= $octets;
			syswrite($far, $octets);
		} else {
			pass_records($octets);
		}
	}
}

sub meet {
	hang_up();
	$near = $proxy->accept;
	$far = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port")
	    or BAIL_OUT("connect: $!: " . content_of("$folder/operator"));
	$rest = '';
}

# In whole records, so that one can be chosen.
sub pass_records {
	$passed .= $_[0];
	$rest .= $_[0];
	while (defined($near) && length($rest) >= 5) {
		my ($type, undef, $len) = unpack('Cnn', $rest);
		last if length($rest) < 5 + $len;
		my $record = substr($rest, 0, 5 + $len, '');

		if ($fault && $type == $app_data) {
			my $deed = $fault;
			$fault = undef;
			$deed->($record);
		} else {
			syswrite($near, $record);
		}
	}
}

sub hang_up {
	for ($near, $far) {
		close($_) if defined($_);
		$_ = undef;
	}
}

# ---- the gateway

sub gateway {
	my ($port) = @_;
	my $common = <<'END';
hosts = [ "127.0.0.1" ]; system_id = "account"; password_file = "secret";
  dialect = "spec"; retry_least_ms = 50; retry_most_ms = 200;
  tls = "on"; tls_ca_file = "ca.pem";
END

	keep('secret', "secret\n");
	keep('gateway.cfg', <<"END");
menus = "$source/config/menus.cfg";
dialects = "$source/config/dialects.cfg";
redis = { socket = "none.sock"; };
links = ( { name = "voda"; port = $port; enquire_s = 1; $common },
  { name = "again"; port = $restless_port; response_ms = 60000; $common } );
END
	return start("$folder/log", "$build/mlango", 'run', '-c', "$folder/gateway.cfg");
}

sub start {
	my ($log, @command) = @_;
	my $pid = fork() // BAIL_OUT("fork: $!");

	if ($pid == 0) {
		open(STDIN, '<&', $hears);
		open(STDOUT, '>', $log);
		open(STDERR, '>&', \*STDOUT);
		exec('setpriv', '--pdeathsig', 'KILL', '--', @command)
		    or exit 127;
	}
	return $pid;
}

sub bound {
	return scalar(() = said() =~ / voda: bound /g);
}

sub said {
	return content_of("$folder/log");
}

# Waits for a condition, and no longer than half a minute.
sub becomes {
	my ($holds) = @_;

	for (my $until = time() + 30; time() < $until;) {
		return 1 if $holds->();
		defined($proxy) ? relay() : sleep(0.05);
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
