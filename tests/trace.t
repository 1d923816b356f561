#!/usr/bin/perl
# mlango dialect reads whatever captured a link: every form of file, every kind
# of link, segments cut, swapped, repeated and lost; and tshark agrees.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;

my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);
my ($us, $operator) = (40000, 2775);

$ENV{MLANGO_DATADIR} = "$source/config";

# A dialogue of a 6D: its PDUs, from us (>) or from the operator (<).
my @talk = (
	[ '>', pdu(9, 0, 1, "gov\0secret\0\0\x34\0\0\0") ],
	[ '<', pdu(0x80000009, 0, 1, "6d\0") ],
	[ '<', deliver(7, '*152*00#', '', 1, 0x162e) ],
	[ '>', pdu(0x80000005, 0, 7, "\0") ],
	[ '>', submit(2, "1 Salio\n2 Tuma", 2, 0x162e) ],
	[ '<', pdu(0x80000004, 0, 2, "m1\0") ],
	[ '<', deliver(8, '1', '', 0x12, 0x162e) ],
	[ '>', pdu(0x80000005, 0, 8, "\0") ],
	[ '>', submit(3, 'Asante 255700000009', 0x11, 0x162f) ],
	[ '<', pdu(0x80000004, 0x58, 3, '') ],
	[ '>', pdu(0x15, 0, 4, '') ],
);
my @commands = qw(bind_transceiver bind_transceiver_resp deliver_sm
    deliver_sm_resp submit_sm submit_sm_resp deliver_sm deliver_sm_resp
    submit_sm submit_sm_resp enquire_link);

# ---- what is told

my $told = told(pcap(segments(@talk)));
like($told, qr/^pcap: 11 PDUs in 13 packets$/m, 'the file is told');
like($told, qr/^#1 0\.002 s, 10\.0\.0\.1:40000 > 10\.0\.0\.2:2775, packet 3: bind_transceiver 1: as "gov"$/m,
    'so is each PDU');
like($told, qr/deliver_sm 7: begin "\*152\*00#"$/m, 'what it means');
like($told, qr/^    from 2557\S*001 \(TON 1, NPI 1\) to nobody/m, 'its addresses, masked');
like($told, qr/^    0x1383 its_session_info = 162e$/m, 'its TLVs');
like($told, qr/continue "1 Salio\\n2 Tuma"$/m, 'its text');
like($told, qr/submit_sm_resp 3: RTHROTTLED, to #9 after 1\.0 ms$/m,
    'which request a response answers');
like($told, qr/^Without a response: #11$/m, 'and which has none');
like($told, qr/^  2557\S*001, session 0000162e: #3 begin, #5 continue, #7 input, #9 end$/m,
    'the dialogue');
like($told, qr/^  sixdee +the likest$/m, 'the dialect');
like($told, qr/^A link to it says dialect = "sixdee"\.$/m, 'for a link');
like($told, qr/^  mica +fits 0; not #3 \(deliver_sm 7\): user_message_reference \(0x0204\) is missing/m,
    'and what fails in another one');
like($told, qr/^  tata +fits \d; not #3 .*is no code/m, 'by its rule');
unlike($told, qr/secret/, 'no password');
unlike($told, qr/255700000009|255700000001/, 'no number');
like(told('--full', pcap(segments(@talk))), qr/"Asante 255700000009"/,
    'unless all of them are wanted');

# A dialogue keeps its session, which a mask of another dialect takes apart.
my @turns = (
	[ '<', deliver(1, '*152*00#', '152', 0x01, 0x1602) ],
	[ '>', submit(1, '1 Salio', 0x02, 0x1602) ],
	[ '<', deliver(2, '1', '152', 0x12, 0x1604) ],
	[ '>', submit(2, 'Asante', 0x11, 0x1604) ],
);
$told = told(pcap(segments(@turns)));
like($told, qr/^A link to it says dialect = "spec"\.$/m,
    'turns are numbered beside the session');
like($told, qr/^  sixdee +fits \d; not #3 .*: its session is not the one/m,
    'which tells dialects apart');

# ---- every form, every link

for my $form (
    [ 'pcap, little endian', sub { pcap(@_) } ],
    [ 'pcap, big endian', sub { pcap({ end => '>' }, @_) } ],
    [ 'pcap, nanoseconds', sub { pcap({ magic => 0xa1b23c4d, units => 1e9 }, @_) } ],
    [ 'pcapng, little endian', sub { pcapng(@_) } ],
    [ 'pcapng, big endian', sub { pcapng({ end => '>' }, @_) } ],
    [ 'pcapng, nanoseconds', sub { pcapng({ tsresol => 9, units => 1e9 }, @_) } ],
    [ 'pcapng, 2^-20 s', sub { pcapng({ tsresol => 0x94, units => 2**20 }, @_) } ],
    map { my ($name, $link, $head) = @$_;
	    [ $name, sub { pcap({ link => $link, head => $head }, @_) } ] }
	[ 'VLAN in VLAN', 1, "\0" x 12 . pack('n5', 0x88a8, 1, 0x8100, 2, 0x0800) ],
	[ 'Linux cooked', 113, "\0" x 14 . pack('n', 0x0800) ],
	[ 'Linux cooked, v2', 276, pack('n', 0x0800) . "\0" x 18 ],
	[ 'loopback of BSD', 0, pack('V', 2) ],
	[ 'loopback of OpenBSD', 108, pack('N', 2) ],
	[ 'raw IP', 101, '' ], [ 'raw IPv4', 228, '' ]) {
	my ($name, $written) = @$form;
	my $file = $written->(segments(@talk));

	is_deeply([ commands($file) ], \@commands, $name);
	like(told($file), qr/^#11 0\.012 s/m, "$name: the time");
}
for my $link ([ 1, "\0" x 12 . pack('n', 0x86dd) ], [ 101, '' ], [ 229, '' ]) {
	my $six = { v6 => 1, link => $link->[0], head => $link->[1] };

	is_deeply([ commands(pcap($six, segments(@talk))) ], \@commands,
	    "IPv6, link $link->[0]");
}
is_deeply([ commands(pcap({ v6 => 1, link => 229, head => '', hops => 1 },
	segments(@talk))) ], \@commands, 'IPv6 with headers between');

# ---- what happens to segments

my @segments = segments(@talk);
is_deeply([ commands(pcap(map { octets_of($_) } @segments)) ], \@commands,
    'an octet in a segment');
is_deeply([ commands(pcap(one_way_together(@segments))) ],
    [ (grep { /^(bind_t.*er|deliver_sm_resp|submit_sm|enquire_link)$/ } @commands),
	(grep { !/^(bind_t.*er|deliver_sm_resp|submit_sm|enquire_link)$/ } @commands) ],
    'all of it in two segments');
my @late = @segments;
@late[4, 6] = @late[6, 4];
is_deeply([ sort(commands(pcap(@late))) ], [ sort(@commands) ],
    'segments that come in another order');
$told = told(pcap(map { ($_, $_) } @segments));
like($told, qr/: \d+ segments came again$/m, 'repetitions are told');
is_deeply([ commands(pcap(map { ($_, $_) } @segments)) ], \@commands,
    'and not read again');
my @lost = grep { $_ != $segments[4] } @segments;
$told = told(pcap(@lost));
like($told, qr/^  10\.0\.0\.2:2775 > 10\.0\.0\.1:40000: \d+ octets are missing in 1 places$/m,
    'what is lost is told');
is(scalar(commands(pcap(@lost))), 10, 'and the others are read');
my @middle = @segments[ 4 .. $#segments ];
$middle[0] = { %{ $middle[0] }, data => substr($middle[0]{data}, 5),
    sequence => $middle[0]{sequence} + 5 };
is_deeply([ commands(pcap(@middle)) ], [ @commands[ 3 .. $#commands ] ],
    'a capture that begins in the middle of a PDU');
like(told(pcap({ snap => 80 }, @segments)), qr/octets are missing/,
    'packets that were not captured whole');
like(told(pcap({ fragment => 1 }, @segments)), qr/fragments of IP packets/,
    'fragments are told');
is(scalar(commands(pcap(map { { %$_, data => "GET / HTTP/1.1\r\n" } } @segments))),
    0, 'what is no SMPP is left alone');
is(scalar(commands('--port 2775', pcap(@segments))), 11, 'a port that is meant');
is(scalar(commands('--port 2776', pcap(@segments))), 0, 'and another one');
like(told(substr(pcap(@segments), 0, -5)), qr/ends in the middle of a packet/,
    'a file that is torn');
like(told('x'), qr/no hex digit/, 'what is no trace');
is(status('x'), 65, 'is refused');
is(status("\0\1\2"), 65, 'and octets of any kind');

# ---- tshark agrees

SKIP: {
	skip('there is no tshark', 1) if system('command -v tshark >/dev/null') != 0;
	write_file(pcap(@segments));
	my @ids = map { hex } split(' ',
	    `tshark -r '$folder/trace' -T fields -e smpp.command_id 2>/dev/null`);
	is_deeply(\@ids, [ map { unpack('x4 N', $_->[1]) } @talk ],
	    'tshark sees the same PDUs');
}
done_testing();

# ---- PDUs

sub pdu {
	my ($command, $status, $sequence, $body) = @_;

	return pack('N4', 16 + length($body), $command, $status, $sequence) . $body;
}

sub message {
	my ($command, $sequence, $from, $to, $text, $op, $session) = @_;

	return pdu($command, 0, $sequence, pack('Z* CC Z* CC Z* CCC CC CCCC C/a*',
	    '', 1, 1, $from, 0, 1, $to, 0, 0, 0, 0, 0, 0, 0, 0, 0, $text) .
	    pack('nnC nnn', 0x0501, 1, $op, 0x1383, 2, $session));
}

sub deliver {
	my ($sequence, $text, $to, $op, $session) = @_;

	return message(5, $sequence, '255700000001', $to, $text, $op, $session);
}

sub submit {
	my ($sequence, $text, $op, $session) = @_;

	return message(4, $sequence, '152', '255700000001', $text, $op, $session);
}

# ---- packets

# The connection's beginning, and a segment for each PDU.
sub segments {
	my %sent = ('>' => 0xfffffff0, '<' => 1000);
	my @all = map { { way => $_, sequence => $sent{$_}++, flags => 0x12,
	    data => '' } } '>', '<';

	for (@_) {
		my ($way, $data) = @$_;

		push(@all, { way => $way, sequence => $sent{$way} % 2**32,
		    flags => 0x18, data => $data });
		$sent{$way} += length($data);
	}
	return @all;
}

sub octets_of {
	my ($segment) = @_;

	return $segment if $segment->{data} eq '';
	return map { { %$segment, data => substr($segment->{data}, $_, 1),
	    sequence => ($segment->{sequence} + $_) % 2**32 } }
	    0 .. length($segment->{data}) - 1;
}

sub one_way_together {
	my @all;

	for my $way ('>', '<') {
		my ($syn, @others) = grep { $_->{way} eq $way } @_;

		push(@all, $syn, { %{ $others[0] },
		    data => join('', map { $_->{data} } @others) });
	}
	return @all;
}

sub packet {
	my ($s, $how) = @_;
	my ($from, $to) = $s->{way} eq '>' ? ($us, $operator) : ($operator, $us);
	my @hosts = $s->{way} eq '>' ? (1, 2) : (2, 1);
	my $tcp = pack('nnNNCCnnn', $from, $to, $s->{sequence}, 0, 0x50,
	    $s->{flags}, 1000, 0, 0) . $s->{data};
	my $head = $how->{head} // "\0" x 12 . pack('n', 0x0800);

	if ($how->{v6}) {
		my $more = $how->{hops}
		    ? pack('CCx6 CCx6 x8', 60, 0, 6, 1) : '';

		return $head . pack('NnCC', 0x60000000, length($more . $tcp),
		    $how->{hops} ? 0 : 6, 64) .
		    join('', map { pack('x15 C', $_) } @hosts) . $more . $tcp;
	}
	return $head . pack('CCnnnCCn', 0x45, 0, 20 + length($tcp), 1,
	    $how->{fragment} ? 0x2000 : 0, 64, 6, 0) .
	    join('', map { pack('C4', 10, 0, 0, $_) } @hosts) . $tcp;
}

sub pcap {
	my $how = ref($_[0]) eq 'HASH' && !exists($_[0]{way}) ? shift : {};
	my $e = $how->{end} // '<';
	my $units = $how->{units} // 1e6;
	my $file = pack("L$e S$e S$e l$e L$e L$e L$e",
	    $how->{magic} // 0xa1b2c3d4, 2, 4, 0, 0, 65535, $how->{link} // 1);
	my $at = 0;

	for (@_) {
		my $packet = packet($_, $how);
		my $caught = substr($packet, 0, $how->{snap} // 65535);

		$file .= pack("(L4)$e", 1700000000, $at++ * $units / 1000,
		    length($caught), length($packet)) . $caught;
	}
	return $file;
}

sub block {
	my ($e, $type, $body) = @_;
	my $padded = $body . "\0" x (-length($body) % 4);
	my $len = 12 + length($padded);

	return pack("(LL)$e", $type, $len) . $padded . pack("L$e", $len);
}

sub pcapng {
	my $how = ref($_[0]) eq 'HASH' && !exists($_[0]{way}) ? shift : {};
	my $e = $how->{end} // '<';
	my $units = $how->{units} // 1e6;
	my $options = $how->{tsresol}
	    ? pack("(SS)$e C x3 (SS)$e", 9, 1, $how->{tsresol}, 0, 0) : '';
	my $file = block($e, 0x0a0d0d0a, pack("L$e S$e S$e q$e", 0x1a2b3c4d, 1, 0, -1)) .
	    block($e, 0x0bad, 'anything') .
	    block($e, 1, pack("(SSL)$e", $how->{link} // 1, 0, 65535) . $options);
	my $at = 0;

	for (@_) {
		my $packet = packet($_, $how);
		my $time = int(1700000000 * $units + $at++ * $units / 1000);

		$file .= block($e, 6, pack("(L5)$e", 0, $time >> 32,
		    $time & 0xffffffff, length($packet), length($packet)) . $packet);
	}
	return $file;
}

# ---- the program

sub write_file {
	my ($octets) = @_;

	open(my $out, '>:raw', "$folder/trace") or BAIL_OUT("$folder: $!");
	print $out $octets;
	close($out) or BAIL_OUT("$folder: $!");
}

sub told {
	my $octets = pop;

	write_file($octets);
	return scalar(`'$build/mlango' dialect @_ '$folder/trace' 2>&1`);
}

sub status {
	told(@_);
	return $? >> 8;
}

sub commands {
	my $octets = pop;

	return map { /^#\d+ .*?: (\w+)/ ? $1 : () }
	    split(/\n/, told(@_, $octets));
}
