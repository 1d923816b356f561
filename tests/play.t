#!/usr/bin/perl
# An author plays menus in the terminal: what is typed, what is shown, what a
# service would answer, and the talk that comes of it.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Copy qw(copy);
use File::Temp qw(tempdir);
use Test::More;

my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my ($good, $usage, $data, $input) = (0, 64, 65, 66);
my $folder = tempdir(CLEANUP => 1);
my $samples = "$source/config/institutions";

mkdir("$folder/institutions") or die "$folder: $!";
copy($_, $folder) or die "$_: $!" for "$source/config/menus.cfg";
copy($_, "$folder/institutions") or die "$_: $!" for glob("'$samples'/*");
my $maji = "$folder/institutions/maji.cfg";

my ($status, $told) = play([ $maji ], '1', 'A1234567', 'missing');
is($status, $good, 'the end of what is typed is a good end');
like($told, qr/^dials \*152\*00\*6#\n.*1 Uliza deni/ms,
    'it begins where the root menu leads to the institution');
like($told, qr/^> 1\n.*akaunti.* of 160 septets/ms,
    'an answer is typed, and a screen tells how full it is');
like($told, qr{^bill is asked: GET http://\S+/maji/accounts/A1234567\n}m,
    'who is asked, and what, is told');
like($told, qr/^answer> missing\n.*A1234567.*haijapatikana.*, end\b/ms,
    'the author says the outcome');

($status, $told) = play([ '-l', 'en', $maji ], '1', 'A1234567', 'ok', 'Asha',
    '42500', '991234567890', ':save an account is owed for');
like($told, qr/^answer> ok\n    name> Asha\n    amount> 42500\n    cn> /ms,
    'or the values, one by one');
like($told, qr/Asha.*Due: TZS 42,500/s, 'which are shown');
my ($talk) = $told =~ /(\{ name = "an account.*?\); \})/s;
my ($name, $body) = $told =~ /^and beside the file, (\S+):\n(\{.*?^\})/ms;
is($name, 'maji_bill.json', 'what was typed has a file of its own');
edit(sub { s/talks = \(/talks = ( $talk,/ });
write_file("$folder/institutions/$name", $body);
like(`'$build/mlango' talk '$maji'`, qr/^ok 1 - maji: an account is owed for$/m,
    'what was played stands in the file as a talk');

($status, $told) = play([ $maji ], '2', 'ok', 'A, Kariakoo', 'B, Buguruni', '',
    '2', 'slow', ':save');
like($told, qr/1 Kariakoo.*2 Buguruni/s, 'rows are typed one a line');
like($told, qr/leak is asked: POST .*\n    \{"area":"B","phone":/,
    'the body of a call is told');
like($told, qr/given = \{ places = "200 maji_places.json"; leak = "slow"; \};/,
    'and every answer is in the talk');

($status, $told) = play([ '--given', 'bill=200 maji_owes.json', $maji ], '1',
    'A1234567', ':undo', '12', ':undo', ':undo', ':undo');
like($told, qr/as it was given: 200 maji_owes.json\n.*Deni: TZS 42,500/s,
    'an answer may be given before');
like($told, qr/^> :undo\n.*akaunti.*^> 12\n.*si sahihi.*^> :undo\n.*akaunti.*^> :undo\n.*Uliza deni.*^> :undo\nthis is the beginning/ms,
    'and each line taken back');
($status, $told) = play([ '--talk', 'a bill is asked by SMS', $maji ]);
like($told, qr/^texts Deni A1234567\n.*Asha Juma Mushi: deni/ms,
    'or all be as a talk has it');

($status, $told) = play([ $maji ], ':sms DENI A1234567', 'ok maji_gone.json',
    'what', 'ok maji_clear.json', ':wait', ':wait 3m', ':lang fr', ':lang en',
    ':sing', ':help', ':dial *152*00#', ':quit', '1');
like($told, qr/^maji_gone\.json: .*No such file/m, 'a file that is not there');
like($told, qr/^answer> what\none of: ok,/m, 'and what is no answer is told');
like($told, qr/^> :wait\nhow long\?/m, 'time has to be a time');
like($told, qr/:lang fr\nno such language\n.*Check bill/s, 'languages too');
like($told, qr/:sing\nnot understood; :help lists/, 'and so has a word of ours');
like($told, qr/^  :save NAME /m, 'help lists them');
like($told, qr/Huduma za Serikali|Government services/, 'any code is dialled');
unlike($told, qr/^> 1$/m, 'and :quit ends it');

($status, $told) = play([ $maji ], '1', '+', '1', '2', ':dial', '1',
    ':wait 3m', '*152*00#', '1');
like($told, qr/Umekosea/, 'a dialogue may end');
like($told, qr/Ulikuwa: Huduma za Maji.*^> 1\n.*akaunti/ms,
    'or be dropped, and gone on with');

($status, $told) = play([ "$folder/menus.cfg" ], '4', '2', '1',
    'prompt Gari?\n1 Ndiyo', '1', 'end Asante', '98', ':save');
like($told, qr/tarura-parking is asked: POST .*tarura\/parking\n/,
    'all menus are played as one, and an application asks too');
like($told, qr/Gari\?.*1 Ndiyo.*Asante.*98 Zaidi.*Huduma nyingine/s,
    'with what the author lets it say');
like($told, qr/"200 tarura_parking_2.txt", "200 tarura_parking_3.txt"/,
    'turn by turn');

is((play([ @$_ ]))[0], $usage, "mlango play @$_ is a wrong command line")
    for ([], [ '--sing', $maji ], [ $maji, $maji ], [ '--given', 'x', $maji ],
    [ '--given', 'bill=soon', $maji ], [ '-l', 'fr', $maji ]);
is((play([ "$folder/gone.cfg" ]))[0], $input, 'a file that is not there fails');
is((play([ '--talk', 'none', $maji ]))[0], $data, 'so does a talk');
edit(sub { s/ask_acct/ask_act/ });
is((play([ $maji ]))[0], $data, 'and a menu with an error');
done_testing();

sub play {
	my ($arguments, @lines) = @_;
	my $typed = "$folder/typed";

	write_file($typed, join('', map { "$_\n" } @lines));
	my $pid = open(my $out, '-|') // die "fork: $!";
	if ($pid == 0) {
		open(STDIN, '<', $typed) or die "$typed: $!";
		open(STDERR, '>&', \*STDOUT);
		exec("$build/mlango", 'play', @$arguments) or exit 127;
	}
	local $/;
	my $said = <$out> // '';
	close($out);
	return ($? >> 8, $said);
}

sub edit {
	my ($change) = @_;
	local $_ = do {
		open(my $in, '<', $maji) or die "$maji: $!";
		local $/;
		<$in>;
	};

	$change->();
	write_file($maji, $_);
}

sub write_file {
	my ($path, $text) = @_;

	open(my $file, '>', $path) or die "$path: $!";
	print $file $text;
	close($file) or die "$path: $!";
}
