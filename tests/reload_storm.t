#!/usr/bin/perl
# Menus that change all the time, under traffic and through publishing: no turn
# fails, no session is moved to other menus than it began on, and what was live
# goes when nobody needs it any more. A hundred and fifty times, and with
# MLANGO_LONG a thousand times.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Copy qw(copy);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use IO::Socket::UNIX;
use Test::More;
use Time::HiRes qw(sleep time);

my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);
my $times = $ENV{MLANGO_LONG} ? 1000 : 150;
my ($kept, $patience) = (21, 300);
my ($bench, $out);

$ENV{MLANGO_DATADIR} = "$folder/data";
$ENV{TMPDIR} = "$folder/tmp";
make_path("$folder/data/bench/institutions", "$folder/tmp");
copy("$source/config/$_", "$folder/data/$_") or die "$_: $!"
    for qw(dialects.cfg gateway.cfg.sample menus.cfg bench/menus.cfg
    bench/institutions/maji.cfg);
# So that what was live may be forgotten while we wait.
my $menus = content("$folder/data/bench/menus.cfg");
write_file('data/bench/menus.cfg', "$menus\nlimits = { septets = 160; " .
    "ucs2 = 70; session = 20; resume = 10; turn = 4000; later = 10000; };\n");

my $file = 'data/bench/institutions/maji.cfg';
my $maji = content("$folder/$file");
$bench = open($out, '-|',
    "exec '$build/mlango' bench -n 20 -r 200 -t 3000 2>&1") // die "bench: $!";
my ($site) = becomes(sub {
	map { dirname($_) } glob("$folder/tmp/*/gateway.sock") })
    or BAIL_OUT('no gateway');
my $redis = IO::Socket::UNIX->new(Peer => "$site/redis.sock")
    // BAIL_OUT('no Redis');
ok(becomes(sub { keys_like('session:*') }), 'there is traffic');

my (%menus, %began, %moved, @rss, @held);
my $followed = 0;
for my $n (1 .. $times) {
	write_file("$file.new", "# Edition $n\n$maji");
	rename("$folder/$file.new", "$folder/$file") or die "$file: $!";
	ctl('reload') =~ /read again/ or last;
	becomes(sub { is_new(current()) }) or last;
	look_at_sessions();
	$followed++;
	next if $n % ($times / 10);
	push(@rss, resident());
	push(@held, scalar(() = ctl('show', 'menus') =~ / (?:old|current)$/mg));
}
is($followed, $times, "menus are published $times times");
cmp_ok(scalar(keys(%began)), '>', $times / 4, 'while sessions come and go');
is_deeply([ keys(%moved) ], [], 'and each stays on the menus it began on');
note("KB: @rss; held: @held");
SKIP: {
	skip('a sanitizer keeps what was freed', 1)
	    if system("grep -q __asan_init '$build/mlango'") == 0;
	cmp_ok($rss[-1], '<', $rss[1] + 4096, 'the gateway does not grow');
}
is(ask('HLEN', 'mlango:sources:{menus}:maji'), $kept,
    'Redis has the sources of twenty versions and what is live');
is(ask('LLEN', 'mlango:versions:{menus}:maji'), $kept, 'and tells of as many');
cmp_ok(ask('GET', 'mlango:version:{menus}'), '>=', $times,
    'though there were more');
is(scalar(grep { ask('PTTL', $_) == -1 } keys_like('graph:*')), 3,
    'of what sessions are on, only what is live stays for good');
SKIP: {
	skip('it takes minutes', 2) if !$ENV{MLANGO_LONG};
	my $most = ask('INFO', 'memory') =~ /used_memory:(\d+)/ ? $1 : 0;

	ok(becomes(sub { keys_like('graph:*') == 3 }), 'the rest goes');
	cmp_ok(ask('INFO', 'memory') =~ /used_memory:(\d+)/ ? $1 : 0, '<',
	    $most, 'and its memory with it');
}
kill('INT', $bench);
my $said = do { local $/; <$out> };
close($out);
$bench = 0;
note($said);
like($said, qr/^turns +[1-9]/m, 'there were turns');
like($said, qr/^errors +0$/m, 'and none failed');
done_testing();

END {
	my $status = $?;

	kill('INT', $bench) if $bench;
	$? = $status;
}

# A record begins with its session's epoch, and holds its catalogue's hash.
sub look_at_sessions {
	for my $key (keys_like('session:*')) {
		my $record = ask('GET', $key) // next;
		my $epoch = substr($record, 0, 8);
		my ($hash) = grep { $menus{$_} } map {
			unpack('H*', substr($record, $_, 16)) } 12 .. 80;

		next if !defined($hash);
		$began{$epoch} //= $hash;
		$moved{$key} = 1 if $began{$epoch} ne $hash;
	}
}

sub is_new {
	my ($hash) = @_;

	return 0 if $hash eq '' || $menus{$hash};
	return $menus{$hash} = 1;
}

sub current {
	return ctl('show', 'menus') =~ /^(\w{32}) .* current$/m ? $1 : '';
}

sub ctl {
	return scalar(`'$build/mlango' ctl -s '$site/gateway.sock' @_ 2>&1`);
}

sub resident {
	my ($pid) = grep { content("/proc/$_/cmdline") =~ /\0run\0.*\Q$site\E/ }
	    map { m{/(\d+)$} } glob('/proc/[0-9]*');

	return content("/proc/$pid/status") =~ /^VmRSS:\s+(\d+)/m ? $1 : 0;
}

# ---- Redis, whose values are octets

sub keys_like {
	return @{ ask('KEYS', "mlango:$_[0]") };
}

sub ask {
	print $redis '*' . @_ . "\r\n" .
	    join('', map { '$' . length($_) . "\r\n$_\r\n" } @_);
	$redis->flush;
	return answer();
}

sub answer {
	my $head = do { local $/ = "\r\n"; <$redis> } // die 'Redis is gone';
	my ($kind, $rest) = $head =~ /^(.)(.*)\r\n$/;

	return $rest if $kind ne '$' && $kind ne '*';
	return undef if $rest < 0;
	return [ map { answer() } 1 .. $rest ] if $kind eq '*';
	read($redis, my $octets, $rest + 2) == $rest + 2 or die 'cut short';
	return substr($octets, 0, $rest);
}

# ---- files

sub write_file {
	my ($name, $text) = @_;

	open(my $to, '>', "$folder/$name") or die "$name: $!";
	print $to $text;
	close($to) or die "$name: $!";
}

sub content {
	my ($name) = @_;

	open(my $from, '<', $name) or return '';
	local $/;
	return scalar(<$from>) // '';
}

# What a condition gives, and no longer than some minutes after.
sub becomes {
	my ($holds) = @_;
	my $until = time() + $patience;

	while (time() < $until) {
		my @got = $holds->();

		return wantarray ? @got : $got[-1] if @got && $got[-1];
		sleep(0.02);
	}
	return;
}
