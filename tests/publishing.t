#!/usr/bin/perl
# Publishing, as the agency's people see it: two gateways on one Redis, each
# with an operator of its own, and phones that dial through real SMPP.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;
use Time::HiRes qw(sleep);

my ($usage, $data, $absent, $moved, $denied) = (64, 65, 66, 75, 77);
my $source = $ENV{MLANGO_SRCDIR} // abs_path(dirname(__FILE__) . '/..');
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $mlango = "$build/mlango";
my $folder = tempdir(CLEANUP => 1);
# The samples' test code is for the tester alone. A newcomer is never asked
# whether to go on where a dialogue was dropped.
my ($tester, $citizen, $newcomer) = map { "25575400000$_" } 1 .. 3;
my (%running, %port);

$SIG{PIPE} = 'IGNORE';
$ENV{MLANGO_DATADIR} = "$source/config";
chdir($folder) or die "$folder: $!";
chmod(0711, $folder);
plan(skip_all => 'redis-server is not installed')
    if system('redis-server --version >/dev/null 2>&1') != 0;

redis_starts();
operator_starts($_) for qw(a b);
write_site();

# ---- the ceremony
write_config('a', 'publishing = "approved";');
write_config('b', 'publishing = "approved";');
gateway_starts('a');
ok(becomes(sub { shows('a', $citizen, '*152*00*6#', 'Uliza deni$') }),
    'an empty Redis is seeded from the files');
like(ctl('a', 'audit'), qr/^\S+ +- +a +seed +menus +done +changes=\d+: menus /m,
    'which is written down');
replace('b/institutions/maji.cfg', 'Uliza deni', 'Not what is published');
gateway_starts('b');
ok(becomes(sub { shows('b', $citizen, '*152*00*6#', 'Uliza deni$') }),
    'another node plays what is published, not its files');

edit('maji', 'sw = "Uliza deni"', 'sw = "Uliza deni langu"');
is(status('a', 'submit', 'new/maji.cfg'), 0, 'a file is submitted');
like(said(), qr/^\d+ talks passed\n.*^'maji' waits for approval hash=(\w+)/ms,
    'its talks are played, and it waits');
is(status('b', 'diff', 'maji'), 0, 'the difference is told on any node');
like(said(), qr/maji\/home +text +changed .*"Uliza deni".*"Uliza deni langu"/,
    'text by text');
is(status('b', 'diff', 'necta'), $absent, 'of what was submitted');

ok(!shows('a', $tester, '*152*99*6#', 'Uliza deni langu'),
    'nobody plays it before it is tried');
is(status('b', 'trial', 'maji', 'on', '--numbers', $tester), 0,
    'it is tried on the test code');
ok(becomes(sub { shows($_[0], $tester, '*152*99*6#', 'Uliza deni langu') }, $_),
    "where node $_ plays it") for qw(a b);
ok(shows('a', $tester, '*152*00*6#', 'Uliza deni langu'),
    'and for the numbers that are listed, on every code');
ok(shows('a', $citizen, '*152*00*6#', 'Uliza deni$'),
    'while others play what is live');
ok(!shows('a', $citizen, '*152*99*6#', 'maji|Maji'),
    'to them the test code is not there');
is(status('a', 'trial', 'maji', '--numbers', '+255x'), $usage,
    'a number is digits');

is(status('a', 'approve', 'maji'), $denied,
    'who submitted it does not approve it');
like(said(), qr/another one must approve/, 'and hears why');
SKIP: {
	skip('only root can be a second user', 5) if $> != 0;
	is(status_as(65534, 'b', 'approve', 'maji'), 0, 'another user does');
	ok(becomes(sub {
		shows($_[0], $citizen, '*152*00*6#', 'Uliza deni langu') }, $_),
	    "node $_ plays it") for qw(a b);
	like(ctl('b', 'show', 'menus', 'maji'),
	    qr/^maji +2 +\w+ +\S+ +\S+\(65534\) +approve$/m,
	    'what is live says since when and by whom');
	is(status('a', 'approve', 'maji'), $absent, 'it waits no more');
}
# A test that is not root cannot be two: the rest wants one user to do.
restart_with('approval = "self";');
if ($> != 0) {
	is(status('a', 'approve', 'maji'), 0, 'it is approved by oneself');
}

is(status('b', 'rollback', 'maji'), 0, 'it is taken back in one step');
ok(becomes(sub { shows($_[0], $citizen, '*152*00*6#', 'Uliza deni$') }, $_),
    "node $_ plays what was before") for qw(a b);
like(ctl('a', 'history', 'maji'),
    qr/^maji +3 .* rollback\nmaji +2 .* approve\nmaji +1 .* seed$/m,
    'every version is listed');
is(status('a', 'rollback', 'maji', 2), 0, 'or to a version that is listed');
ok(becomes(sub { shows('b', $citizen, '*152*00*6#', 'Uliza deni langu') }),
    'which the other node plays');
is(status('a', 'rollback', 'maji', 99), $absent, 'but not to any other');
is(status('a', 'rollback', 'maji', 2), $moved, 'nor to what is live');

edit('maji', 'sw = "Uliza deni"', 'sw = "Uliza deni lako"');
status('a', 'submit', 'new/maji.cfg');
is(status('b', 'rollback', 'maji'), 0, 'when something else goes live');
is(status('b', 'approve', 'maji'), $moved,
    'what was submitted against it is submitted again');
is(status('a', 'reject', 'maji', 'not', 'now'), 0, 'or is rejected');
is(status('a', 'reject', 'maji'), $absent, 'once');

edit('maji', 'next = "bill"', 'next = "bull"');
is(status('a', 'submit', 'new/maji.cfg'), $data, 'a broken file is refused');
like(said(), qr/^maji\.cfg:\d+: error: .*bull/m, 'as mlango check would');
edit('maji', '>a1234567', '>hello');
is(status('a', 'submit', 'new/maji.cfg'), $data,
    'and so is one whose talks do not pass');
edit('maji', '{ sw = "Uliza deni"', '{ key = "7"; sw = "Uliza deni"');
replace('new/maji.cfg', '>1', '>7');
isnt(status('a', 'submit', 'new/maji.cfg'), 0, 'a key that moved is refused');
edit('necta', 'word = "MATOKEO"', 'word = "DENI"');
is(status('a', 'submit', 'new/necta.cfg'), $data,
    'and a keyword that another institution has');
write_file('new/Maji.cfg', '');
is(status('a', 'submit', 'new/Maji.cfg'), $usage, 'and a name that is none');
write_file('new/ardhi.cfg', content('a/institutions/maji.cfg') =~
    s/^maji:/ardhi:/mr =~ s/DENI/ARDHI/gr =~
    s/talks = .*?\);\n//sr);
is(status('a', 'submit', 'new/ardhi.cfg'), 0,
    'an institution may be new: ' . said());
is(status('a', 'approve', 'ardhi'), 0, 'and is approved');
is(status('a', 'withdraw', 'ardhi'), 0, 'and withdrawn');
is(status('a', 'withdraw', 'ardhi'), $absent, 'once');
replace('a/menus.cfg', 'Huduma za Serikali', 'Serikali Mtandao');
is(status('a', 'submit', 'a/menus.cfg'), 0, 'so is the menus file: ' . said());
is(status('b', 'approve', 'menus'), 0, 'under the name menus');
ok(becomes(sub { shows('b', $newcomer, '*152*00#', 'Serikali Mtandao') }),
    'and the other node plays it');
is(status('a', 'reload'), $denied, 'files are not read again');

my $audit = ctl('a', 'audit', '1000');
for my $entry ('submit +maji +done', 'approve +maji +refused',
    'rollback +maji +done', 'reject +maji +done .*why=not now',
    'submit +maji +refused', 'withdraw +ardhi +done',
    'approve +menus +done') {
	like($audit, qr/^\S+ +\S+\(\d+\) +[ab] +$entry/m, "written down: $entry");
}
like(ctl('a', '--json', 'audit', 1),
    qr/\A\{"ok":true,"audit":\[\{"when":"[^"]+","who":"[^"]+\(\d+\)"/,
    'in JSON too');

# ---- settings that say who may
restart_with('submitters = [ "nobody-else" ]; approvers = [ "nobody-else" ];');
edit('maji', 'sw = "Uliza deni"', 'sw = "Uliza deni letu"');
is(status('a', 'submit', 'new/maji.cfg'), $denied, 'who may not submit');
is(status('a', 'rollback', 'maji'), $denied, 'or roll back');
is(status('a', 'show', 'menus'), 0, 'may look');

# ---- a node that dies in the middle
for my $place (qw(ceremony.decided ceremony.published)) {
	restart_with('approval = "self";');
	my $before = ctl('b', 'show', 'menus', 'maji') =~ /^maji +\d+ +(\w+)/m
	    ? $1 : '';
	edit('maji', 'sw = "Uliza deni"', "sw = \"Uliza deni $place\"");
	is(status('a', 'submit', 'new/maji.cfg'), 0, 'once more: ' . said());
	ends('a');
	$ENV{MLANGO_FAIL} = $place;
	gateway_starts('a');
	delete $ENV{MLANGO_FAIL};
	isnt(status('a', 'approve', 'maji'), 0, "it dies at $place");
	is(died('a'), 9, 'by kill -9');
	my ($shown, $hash);
	becomes(sub {
		$shown = ctl('b', 'show', 'menus', 'maji');
		($hash) = $shown =~ /^maji +\d+ +(\w+) /m;
		return $place eq 'ceremony.published' ? $hash ne $before :
		    $shown =~ /^maji .* off\b/m;
	    });
	my $live = $hash ne $before;
	my $waits = $shown =~ /^maji .* off\b/m ? 1 : 0;

	is($live ? 1 : 0, $place eq 'ceremony.published' ? 1 : 0,
	    'it is live, or not');
	is($waits, $live ? 0 : 1, 'and waits only if it is not');
	gateway_starts('a');
	status('a', 'reject', 'maji') if $waits;
}
ends($_) for qw(a b);

# ---- files
redis_forgets();
write_site();
write_config($_, 'publishing = "files";') for qw(a b);
gateway_starts('a');
ok(becomes(sub { shows('a', $citizen, '*152*00*6#', 'Uliza deni$') }),
    'what files say is published at the start');
replace('a/institutions/maji.cfg', 'sw = "Uliza deni"', 'sw = "Uliza deni la HUP"');
kill('HUP', $running{a});
ok(becomes(sub { shows('a', $citizen, '*152*00*6#', 'Uliza deni la HUP') }),
    'and at a HUP');
unlink('a/institutions/necta.cfg');
kill('HUP', $running{a});
ok(becomes(sub { ctl('a', 'show', 'menus') !~ /^necta/m }),
    'a file that is gone is withdrawn at a HUP');
like(ctl('a', 'audit'), qr/ files +menus +done +changes=1: -necta$/m,
    'which is written down');

my $whole = content('a/institutions/maji.cfg');
my $latra = content('a/institutions/latra.cfg');
my $version = 1;
for my $broken ([ 'a stray brace', "$whole\n};\n" ],
    [ 'a foreign setting', "$whole\nlangs = [ \"sw\" ];\n" ],
    [ 'a binary', "\x7fELF\0\1\2" . "\xff" x 500 ],
    [ 'nothing at all', '' ]) {
	my ($what, $text) = @$broken;

	write_file('a/institutions/maji.cfg', $text);
	$version++;
	write_file('a/institutions/latra.cfg', "$latra# $version\n");
	kill('HUP', $running{a});
	ok(becomes(sub {
		ctl('a', 'show', 'menus', 'latra') =~ /^latra +$version /m }),
	    "$what in one file keeps no other from being published");
	ok(shows('a', $citizen, '*152*00*6#', 'Uliza deni la HUP'),
	    'that institution plays on as it was published');
	ends('a');
	gateway_starts('a');
	ok(becomes(sub { shows('a', $citizen, '*152*00*6#', 'Uliza deni la HUP') }),
	    'also after a cold start');
	ok(shows('a', $citizen, '*152*00*4#', '\w'), 'and so do the others');
}
done_testing();

# Whatever becomes of the test, all that it started goes with it.
END {
	my $status = $?;

	kill('KILL', values(%running)) if %running;
	$? = $status;
}

# ---- the parts of a site

sub redis_starts {
	$running{redis} = spawn('redis.log', 'redis-server', '--port', 0,
	    '--unixsocket', "$folder/redis.sock", '--dir', $folder,
	    '--save', '', '--appendonly', 'yes');
	becomes(sub { -S 'redis.sock' }) or BAIL_OUT('no redis-server');
}

sub redis_forgets {
	system("redis-cli -s redis.sock FLUSHALL >/dev/null") == 0 or die;
}

sub operator_starts {
	my ($name) = @_;

	$running{"operator-$name"} = spawn("operator-$name.log", $mlango,
	    'smsc', '--port', 0, '--phones', "$folder/phones-$name");
	becomes(sub {
		content("operator-$name.log") =~ /:(\d+)\n/ and
		    $port{$name} = $1;
	    }) or BAIL_OUT('no operator');
}

sub write_site {
	for my $node (qw(a b)) {
		mkdir($node);
		system("rm -rf $node/institutions; cp -R " .
		    "$source/config/institutions $source/config/menus.cfg " .
		    "$node/ && chmod -R u+w $node") == 0 or die;
	}
	mkdir('new');
	system("cp $source/config/institutions/*.json new/ 2>/dev/null");
	write_file('secret', "secret\n");
	chmod(0600, 'secret');
}

sub write_config {
	my ($node, $more) = @_;

	write_file("$node/gateway.cfg", <<"END");
node = "$node";
dialects = "$source/config/dialects.cfg";
$more
redis: { socket = "$folder/redis.sock"; };
links = ( { name = "voda"; hosts = [ "127.0.0.1" ]; port = $port{$node};
	system_id = "mlango"; password_file = "$folder/secret";
	dialect = "spec"; retry_most_ms = 100; retry_least_ms = 10; } );
END
}

sub gateway_starts {
	my ($node) = @_;

	unlink("$node/log");
	$running{$node} =
	    spawn("$node/log", $mlango, 'run', '-c', "$node/gateway.cfg");
	becomes(sub { content("$node/log") =~ /voda: bound/ })
	    or BAIL_OUT("$node does not start: " . content("$node/log"));
	chmod(0666, "$node/gateway.sock");
	chmod(0711, $node);
}

sub ends {
	my ($node) = @_;

	kill('TERM', $running{$node});
	waitpid(delete($running{$node}), 0);
}

# The signal by which it went.
sub died {
	my ($node) = @_;

	waitpid(delete($running{$node}), 0);
	return $? & 127;
}

sub restart_with {
	my ($more) = @_;

	for my $node (qw(a b)) {
		ends($node);
		write_config($node, "publishing = \"approved\"; $more");
		gateway_starts($node);
	}
}

# ---- what people do

# The file that is live at first, with a change, in new/.
sub edit {
	my ($name, $from, $to) = @_;

	write_file("new/$name.cfg",
	    content("$source/config/institutions/$name.cfg"));
	replace("new/$name.cfg", $from, $to);
}

sub shows {
	my ($node, $number, $dialled, $text) = @_;
	my $pid = open(my $in, '-|') // die "fork: $!";

	if ($pid == 0) {
		open(STDIN, '-|', 'echo', $dialled) or exit 126;
		open(STDERR, '>', '/dev/null') or exit 126;
		exec($mlango, 'phone', '--phones', "phones-$node",
		    '--number', $number) or exit 127;
	}
	my $shown = do { local $/; <$in> } // '';
	close($in);
	return $shown =~ /$text/m ? 1 : 0;
}

my ($out, $err);

sub status {
	my ($node, @order) = @_;

	return status_as($>, $node, @order);
}

sub ctl {
	status(@_);
	return $out;
}

sub said {
	return $out . $err;
}

sub status_as {
	my ($uid, $node, @order) = @_;
	my $pid = open(my $in, '-|') // die "fork: $!";
	my @json = $order[0] eq '--json' ? (shift(@order)) : ();

	if ($pid == 0) {
		open(STDERR, '>', 'err') or exit 126;
		if ($uid != $>) {
			$) = "$uid $uid";
			$( = $uid;
			$< = $> = $uid;
		}
		exec($mlango, 'ctl', '-s', "$folder/$node/gateway.sock", @json,
		    @order) or exit 127;
	}
	$out = do { local $/; <$in> } // '';
	close($in);
	my $status = $? >> 8;
	$err = content('err');
	return $status;
}

# ---- files and processes

sub spawn {
	my ($log, @command) = @_;
	my $pid = fork() // die "fork: $!";

	if ($pid == 0) {
		open(STDIN, '<', '/dev/null') or exit 126;
		open(STDOUT, '>', $log) or exit 126;
		open(STDERR, '>&', \*STDOUT) or exit 126;
		exec(@command) or exit 127;
	}
	return $pid;
}

sub replace {
	my ($name, $from, $to) = @_;
	my $text = content($name);

	$text =~ s/\Q$from\E/$to/ or die "$name: no $from";
	write_file($name, $text);
}

sub write_file {
	my ($name, $text) = @_;

	open(my $to, '>', $name) or die "$name: $!";
	print $to $text;
	close($to) or die "$name: $!";
}

sub content {
	my ($name) = @_;

	open(my $from, '<', $name) or return '';
	local $/;
	return scalar(<$from>) // '';
}

# Waits for a condition, and no longer than ten seconds.
sub becomes {
	my ($holds, @with) = @_;

	for (1 .. 200) {
		return 1 if $holds->(@with);
		sleep(0.05);
	}
	return 0;
}
