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
unlink($other);
is_deeply([ glob("$folder/*") ], [], 'nothing is ever left behind');
done_testing();

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
