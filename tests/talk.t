#!/usr/bin/perl
# How mlango talk reads, tells and ends: a talk that differs is told with its
# line and what came, one that is not understood too, and whatever happens no
# process and no file is left.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;
use Time::HiRes qw(sleep);

my ($good, $usage, $data, $input, $interrupted) = (0, 64, 65, 66, 130);
my $patience = 30;
my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);
my $stages = tempdir(CLEANUP => 1);

$ENV{MLANGO_DATADIR} = "$source/config";
$ENV{TMPDIR} = $stages;

is_told($_) for (
	# what is written, where it is told, what is told
	[ '', 0, 'no sentence that names the talk' ],
	[ "# Only a remark.\n", 0, 'no sentence that names the talk' ],
	[ "> 2557 dials \"*152#\"\n", 1, 'a talk begins with a sentence' ],
	[ "A.\n> 2557 dails \"*152#\"\n", 2, 'not understood; known are: ' ],
	[ "A.\n> 2557 dials *152#\n", 2, 'not understood' ],
	[ "A.\n> 2557 dials \"*152#\n", 2, 'in quotation marks' ],
	[ "A.\n> 2557 dials \"*152#\"now\n", 2, 'in quotation marks' ],
	[ "A.\n< \"x\" \"y\"\n", 2, 'not understood' ],
	[ "A.\n\n# B.\n* the back end answers sometimes\n", 4,
	    'known are: the back end was asked|known are: .*the back end' ],
	[ "A.\n* redis forgets me\n", 2, 'redis forgets everything' ],
	[ "A.\nset in stone\n", 2, 'not understood' ],
	[ "A.\n> \"1\"\ndialect spec\n", 3, 'settings stand before' ],
	[ "A.\n* " . 'x ' x 17 . "\n", 2, 'too many words' ],
	[ "A.\n", 0, 'nothing is said in this talk' ],
	[ "A.\nmenu gone.cfg\n> \"1\"\n", 3, 'gone.cfg: No such file' ],
	[ "A.\nlimit patience 3\n> \"1\"\n", 3, "no limit 'patience'" ],
	[ "A.\ndialect none\n> \"1\"\n", 3, "no dialect 'none'" ],
	[ "A.\n> \"1\"\n", 2, 'nobody has spoken yet' ],
	[ "A.\n< \"1\"\n", 2, 'nobody has spoken yet' ],
	[ "A.\n* the bind falls\n", 2, 'nobody has spoken yet' ],
	[ "A.\n* the last request is repeated\n", 2, 'nobody has spoken yet' ],
	[ "A.\n> 2557 answers \"1\"\n", 2, '2557 cannot say that' ],
	[ "A.\n* 2557 speaks through gateway b\n", 2, 'b has no bind' ],
	[ "A.\n* gateway b goes on\n", 2, 'gateway b does not run' ],
	[ "A.\n* the operator refuses the next 1 with ROTTEN\n", 2,
	    "no status 'ROTTEN'" ],
	[ "A.\n> 255700000001 dials \"*152*00#\"\n< \"Karibu\"\n", 3,
	    'a screen says "Karibu"; it says "Huduma za Serikali\\\\n2 ' ],
	[ "A.\n> 255700000001 dials \"*152*00#\"\n< \"=Huduma\"\n", 3,
	    'it says "Huduma za Serikali' ],
	[ "A.\n> 255700000001 dials \"*152*00#\"\n< end \"Huduma\"\n", 3,
	    'the dialogue goes on with "Huduma' ],
	[ "A.\n> 255700000001 dials \"*152*00*6*1*Z9999999#\"\n" .
	    "< \"haijapatikana\"\n", 3, 'the dialogue has ended with' ],
	[ "A.\n> 255700000001 dials \"*152*00#\"\n< nothing\n", 3,
	    'a screen came: "Huduma' ],
	[ "A.\n> 255700000001 dials \"*152*00#\"\n", 2,
	    'was shown what no line expects: "Huduma' ],
	[ "A.\n> 255700000001 texts \"NAULI DAR ARUSHA\" to 15200\n" .
	    "< sms \"Mbeya\"\n", 3, 'an SMS says "Mbeya"; it says "Dar' ],
	[ "A.\n> 255700000001 texts \"NAULI DAR ARUSHA\" to 15200\n" .
	    "* count sms sent becomes 1\n", 3,
	    'got an SMS that no line expects' ],
	[ "A.\n> 255700000001 texts \"NAULI DAR ARUSHA\" to 15200\n" .
	    "< refused RX_T_APPN\n", 3, 'the request was accepted' ],
	[ "A.\n* redis is killed\n" .
	    "> 255700000001 texts \"NAULI DAR ARUSHA\" to 15200\n" .
	    "< refused RSYSERR\n", 4, 'refused with RX_T_APPN' ],
	[ "A.\n> 255700000001 dials \"*152*00*6*2#\"\n< \"Buguruni\"\n" .
	    "* the back end was asked 0 times for /maji/areas\n", 4,
	    'it was asked 1 times' ],
	[ "A.\n* the back end heard 1 repeats for /maji\n", 2, 'it heard 0' ],
);

my $maji = "$source/config/institutions/maji.cfg";
my ($status, $told) = talk($maji);
is($status, $good, "an institution's own talks are played");
like($told, qr/^ok 1 - maji: a bill is owed.*^1\.\.12$/ms, 'every one of them');
($status, $told) = talk("$source/config/menus.cfg");
is($status, $good, "a menus file brings its institutions' talks");
like($told, qr/^ok \d+ - latra: .*^ok \d+ - maji: .*^ok \d+ - necta: /ms,
    'of all of them');

my $other = content_of($maji) =~ s/Deni: TZS 42,500", ">1"/Deni: 1", ">1"/r;
write_file("$folder/maji.cfg", $other);
symlink("$source/config/institutions/$_", "$folder/$_")
    for qw(maji_owes.json maji_clear.json maji_areas.json maji_nowhere.json);
($status, $told) = talk('-m', "$source/config/menus.cfg", "$folder/maji.cfg");
is($status, $data, 'a talk that differs is a failure');
like($told, qr/maji\.cfg:\d+: error: .*"Deni: 1".*42,500/,
    'told with its line and with what was shown');
like($told, qr/^not ok 1 .*^ok 2 .*^1\.\.12$/ms, 'and the others are played');
write_file("$folder/maji.cfg", 'maji: {');
($status, $told) = talk('-m', "$source/config/menus.cfg", "$folder/maji.cfg");
is($status, $data, 'so is an institution that does not parse');

is((talk(@$_))[0], $usage, "mlango talk @$_ is a wrong command line")
    for ([], [ '--sing' ], [ '-m' ]);
is((talk("$folder/gone.talk"))[0], $input, 'a talk that is not there fails');

write_file("$folder/long.talk", <<'END');
A talk that takes its time.
* the back end never answers
> 255700000001 dials "*152*00*6*2#"
* count sessions completed becomes 100
END
is(end_by('INT'), $interrupted, 'Ctrl-C ends a talk');
is(end_by($_), $interrupted, "and so does $_") for qw(TERM HUP);
end_by('KILL');
is(left_over(), '', 'whom we cannot tell dies with us');
system('rm', '-rf', glob("$stages/*"));
write_file("$folder/maji.cfg", content_of($maji) =~
    s/,\s*\{ name = "nobody knows the areas".*?\) *; \}//sr);
my $covered = `'$build/mlango' talk --coverage -m '$source/config/menus.cfg' '$folder/maji.cfg'`;
like($covered, qr/^ok \d+ - maji: .*^# maji: \d+ talks come by 1\d of 1\d states and \d+ of \d+ edges\n/ms,
    'what talks came by is told behind them');
like($covered, qr{^# \S+maji\.cfg:\d+: note: no talk goes by areas: slow$}m,
    'and what none came by');
done_testing();

sub is_told {
	my ($text, $line, $says) = @{ $_[0] };
	my $file = "$folder/case.talk";
	my $at = $line > 0 ? ":$line" : '(?::\d+)?';
	my $name = $text =~ s/\n/ | /gr;

	write_file($file, $text);
	my ($status, $told) = talk($file);
	is($status, $data, "it fails: $name");
	like($told, qr/case\.talk$at: error: .*(?:$says)/, "and says: $says");
	is(left_over(), '', 'and leaves nothing');
}

sub talk {
	my $pid = open(my $out, '-|') // die "fork: $!";

	if ($pid == 0) {
		open(STDERR, '>&', \*STDOUT);
		exec("$build/mlango", 'talk', @_) or exit 127;
	}
	local $/;
	my $said = <$out> // '';
	close($out);
	return ($? >> 8, $said);
}

# When its question is on the way, every process of a stage runs.
sub end_by {
	my ($signal) = @_;
	my $pid = fork() // die "fork: $!";

	if ($pid == 0) {
		open(STDOUT, '>', '/dev/null');
		open(STDERR, '>', '/dev/null');
		exec("$build/mlango", 'talk', "$folder/long.talk") or exit 127;
	}
	wait_for(sub { grep { content_of($_) =~ /redis: up/ }
		    glob("$stages/*/a.log") });
	kill($signal, $pid);
	waitpid($pid, 0);
	my $status = $? >> 8;
	if ($signal eq 'KILL') {
		wait_for(sub { !processes() });
		system('rm', '-rf', glob("$stages/*"));
	}
	return $status;
}

sub left_over {
	return join(' ', glob("$stages/*"), processes());
}

# Those that were told of our folder.
sub processes {
	return grep { content_of($_) =~ /\Q$stages\E/ } glob('/proc/[0-9]*/cmdline');
}

sub wait_for {
	my ($truth) = @_;
	my $until = time() + $patience;

	sleep(0.02) while !$truth->() && time() < $until;
}

sub content_of {
	my ($path) = @_;

	open(my $in, '<', $path) or return '';
	local $/;
	return scalar(<$in>) // '';
}

sub write_file {
	my ($path, $text) = @_;

	open(my $out, '>', $path) or die "$path: $!";
	print $out $text;
	close($out) or die "$path: $!";
}
