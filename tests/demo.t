#!/usr/bin/perl
# What a visitor meets: the demonstration tells two conversations, and tells
# when something in them was not as it should be.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;

my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);

$ENV{MLANGO_DATADIR} = "$source/config";
$ENV{TMPDIR} = $folder;

my ($status, $told) = demo('--script');
is($status, 0, 'the demonstration goes as written');
like($told, qr/dials \*152\*00#.*answers 6.*TZS 42,500.*SMS from 15200/s,
    'it tells a dialogue');
like($told, qr/texts "NAULI DAR ARUSHA" to 15200.*SMS from 15200.*29,900/s,
    'and a keyword by SMS');
is_deeply([ glob("$folder/*") ], [], 'and leaves nothing behind');

my $other = "$folder/other.talk";
write_file($other, <<'END');
A menu that is another one.
> 255712345678 dials "*152*00#"
< "Bank of Nowhere"
END
($status, $told) = demo('--script', $other);
is($status, 65, 'what differs from the talk is a failure');
like($told, qr/other\.talk:3: error: .*"Bank of Nowhere".*Huduma/,
    'and is told with its line, and with what was shown');

write_file($other, "A talk.\n> 255712345678 sings \"la\"\n");
($status, $told) = demo('--script', $other);
is($status, 65, 'a line that nobody understands is a failure');
like($told, qr/other\.talk:2: error: not understood/, 'with its line');

for my $wrong ([ '--sing' ], [ 'somewhere' ], [ '--script', $other, $other ]) {
	($status) = demo(@$wrong);
	is($status, 64, "demo @$wrong is a wrong command line");
}
($status, $told) = demo('--script', '--dialect', 'klingon');
is($status, 64, 'a dialect that nobody speaks is a wrong command line');
like($told, qr/no dialect 'klingon'/, 'and is told');
($status) = demo('--script', '--menus', $other);
is($status, 64, 'a talk names its own menus');
($status) = demo('--menus', $other);
is($status, 65, 'what are no menus are refused');
unlink($other);

mkdir("$folder/own");
mkdir("$folder/own/institutions");
write_file("$folder/own/menus.cfg", <<'END');
langs = [ "sw", "en" ];
codes = ( { code = "*150*55#"; root = "root"; } );
root  = { text = { sw = "Huduma"; en = "Services"; };
          menu = ( { sw = "Maktaba"; en = "Library"; next = "maktaba"; } ); };
institutions = "institutions";
END
write_file("$folder/own/institutions/maktaba.cfg", <<'END');
maktaba: {
  title  = { sw = "Maktaba"; en = "Library"; };
  doors  = { ussd = "home"; sms = ( { word = "SAA"; next = "hours"; } ); };
  states = {
    home  = { text = { sw = "Maktaba"; en = "Library"; };
              menu = ( { sw = "Saa za kazi"; en = "Hours"; next = "hours"; } ); };
    hours = { end = { sw = "Saa 2 hadi saa 12"; en = "8 am to 6 pm"; }; };
  };
};
END
my ($pid, $shown) = stand('--menus', "$folder/own/menus.cfg");
like($shown, qr/^  dial    \*150\*55#.*^          \*150\*55\*1# +Maktaba$/ms,
    "one's own menus stand there with what leads to them");
like($shown, qr/^  text    sms 15200 SAA$/m, 'and with their keywords');
my ($phones) = $shown =~ /--phones (\S+)/;
write_file("$folder/typed", "*150*55#\n1\n1\n");
like(`'$build/mlango' phone --phones '$phones' < '$folder/typed'`,
    qr/Huduma\n1 Maktaba.*Maktaba\n1 Saa za kazi.*Saa 2 hadi saa 12/s,
    'and are dialled through real SMPP');
kill('TERM', $pid);
waitpid($pid, 0);
is($? & 127, 0, 'until somebody has seen enough');
system('rm', '-rf', "$folder/own", "$folder/typed", "$folder/stands");
is_deeply([ glob("$folder/*") ], [], 'nothing is ever left behind');
done_testing();

# Its process, and what it says until it stands.
sub stand {
	my $pid = fork() // die "fork: $!";
	my $says = "$folder/stands";

	if ($pid == 0) {
		open(STDIN, '<', '/dev/null');
		open(STDOUT, '>', $says) or die "$says: $!";
		open(STDERR, '>&', \*STDOUT);
		exec("$build/mlango", 'demo', @_) or exit 127;
	}
	for (1 .. 300) {
		my $said = -e $says ? content_of($says) : '';

		return ($pid, $said) if $said =~ /^  stop .*\n/m;
		select(undef, undef, undef, 0.1);
	}
	kill('TERM', $pid);
	die 'the demonstration does not stand';
}

sub content_of {
	my ($path) = @_;

	open(my $in, '<', $path) or die "$path: $!";
	local $/;
	return scalar(<$in>) // '';
}

sub demo {
	my $pid = open(my $out, '-|') // die "fork: $!";

	if ($pid == 0) {
		open(STDERR, '>&', \*STDOUT);
		open(STDIN, '<', '/dev/null');
		exec("$build/mlango", 'demo', @_) or exit 127;
	}
	local $/;
	my $said = <$out> // '';
	close($out);
	return ($? >> 8, $said);
}

sub write_file {
	my ($path, $text) = @_;

	open(my $file, '>', $path) or die "$path: $!";
	print $file $text;
	close($file) or die "$path: $!";
}
