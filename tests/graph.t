#!/usr/bin/perl
# What `mlango graph` draws, as Graphviz reads it: every state and every way on,
# with the words that an author wrote, whatever characters they have.
use strict;
use warnings;
use utf8;
use File::Basename qw(dirname);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use Test::More;

my ($good, $usage, $data, $input) = (0, 64, 65, 66);
my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);

binmode(Test::More->builder->$_, ':encoding(UTF-8)')
    for qw(output failure_output);

# An institution.
my $maji = drawn("$source/config/institutions/maji.cfg");
is_deeply([ sort keys %{ $maji->{nodes} } ], [ sort 'USSD', 'SMS DENI acct',
    map { "maji.$_" } qw(areas ask_acct bill by_sms clear due home leak no_acct
	owes pick sent sorry thanks too_often) ],
    'an institution has its states and its entries');
is_deeply([ grep { /^maji\.(home|ask_acct|bill|due|pick|sent) / }
    @{ $maji->{edges} } ], [
	'maji.ask_acct -> maji.bill',
	'maji.ask_acct -> maji.too_often: fail',
	'maji.bill -> maji.by_sms: slow',
	'maji.bill -> maji.due: ok',
	'maji.bill -> maji.no_acct: missing',
	'maji.bill -> maji.sorry: fail',
	'maji.due -> maji.clear: amount == 0',
	'maji.due -> maji.owes: else',
	q{maji.due -> maji.sent: channel == 'sms'},
	'maji.home -> maji.areas: 2 Toa taarifa ya uvujaji',
	'maji.home -> maji.ask_acct: 1 Uliza deni',
	'maji.pick -> maji.leak',
	'maji.pick -> maji.sorry: empty',
    ], 'every state has its ways on, each with what takes one there');
is_deeply([ grep { /^(USSD|SMS)/ } @{ $maji->{edges} } ],
    [ 'SMS DENI acct -> maji.bill', 'USSD -> maji.home' ],
    'and the doors lead in');
ok((grep { $_ eq "maji.areas -> maji.sorry: missing\nfail\nslow" }
    @{ $maji->{edges} }), 'outcomes that lead to one place are one arrow');
is($maji->{nodes}{'maji.sent'}, "sent\nAsante. Utapokea SMS.\n+ SMS",
    'an end tells that it sends an SMS');
is($maji->{nodes}{'maji.leak'}, "leak\nPOST leak, once, later",
    'a call tells what it asks');
like(drawn('-l', 'en', "$source/config/institutions/maji.cfg")
    ->{nodes}{'maji.home'}, qr/Water services/, 'in the language one wishes');

# All of them.
my $all = drawn("$source/config/menus.cfg");
is_deeply([ sort @{ $all->{clusters} } ], [ map { "cluster $_" }
    qw(latra maji malalamiko necta rita root tarura) ], 'the root and every institution have a frame');
is_deeply([ grep { /^(root|\*)/ } @{ $all->{edges} } ], [
	'*152*00# -> root.root',
	'*152*99# -> root.root',
	'root.root -> maji.home: 6 Maji',
	'root.root -> malalamiko.home: 9 Malalamiko',
	'root.root -> rita.home: 2 Vyeti vya kuzaliwa',
	'root.root -> root.root.4: 4 Nishati, Madini na…',
	'root.root -> root.root.8: 8 Elimu',
	'root.root.4 -> latra.home: 3 LATRA (Nauli za…',
	'root.root.4 -> tarura.home: 2 TARURA (Maegesho)',
	'root.root.8 -> necta.home: 2 NECTA (Mitihani)',
    ], 'and ways lead from one frame into another');
my $doors = drawn('--doors', "$source/config/menus.cfg");
is_deeply([ sort keys %{ $doors->{nodes} } ], [ sort '*152*00#', '*152*99#', 'root.root',
    'root.root.4', 'root.root.8',
	qw(latra maji malalamiko necta rita tarura) ],
    'with --doors an institution is one box');
is($doors->{nodes}{maji}, "maji\nHuduma za Maji\nSMS DENI acct",
    'which has its keywords');

# Characters.
institution('odd', 'O\"R\\\\N & Co', 'Sema \"ndiyo\"\\\\n\n<b>&amp; {msisdn} Žж');
my $odd = drawn("$folder/institutions/odd.cfg");
is($odd->{nodes}{'odd.home'}, "home\nSema \"ndiyo\"\\n <b>&amp;…",
    'quotes, backslashes and signs stand as they were written');
is_deeply($odd->{clusters}, ['cluster odd'], 'in a name, too');
institution('odd', 'Odd', 'Žж: ndiyo');
is(drawn("$folder/institutions/odd.cfg")->{nodes}{'odd.home'},
    "home\nŽж: ndiyo", 'so do letters of every alphabet');

# What goes wrong.
is_deeply([ graph('gone.cfg') ], [ $input, '',
    "mlango: cannot read gone.cfg: No such file or directory\n" ],
    'a file that is not there is told in a sentence');
is_deeply([ graph('-l', 'fr', "$source/config/menus.cfg") ], [ $usage, '',
    "mlango: these menus have no language 'fr', but 'sw', 'en'\n" ],
    'so is a language that is not there');
my ($status, $out, $err) = graph("$source/config/dialects.cfg");
is($status . $out, $data, 'a file without menus gives no picture');
like($err, qr/there are no menus in it/, 'and says so');
write_file("$folder/institutions/maji.cfg", "maji: { title = 5; };\n");
($status, $out, $err) = graph("$folder/menus.cfg");
is($status, $data, 'a broken institution is an error');
like($err, qr{institutions/maji\.cfg:1: error: }, 'that is told');
my %rest = %{ read_drawing($out) };
is($rest{nodes}{maji}, "maji\nhas no good file",
    'and the others are drawn with a hole in its place');
ok(exists($rest{nodes}{'root.root'}), 'the root among them');
done_testing();

# An institution with one end, under a menus file that leads to maji.
sub institution {
	my ($name, $title, $text) = @_;

	write_file("$folder/menus.cfg", <<'END');
langs = [ "sw" ];
codes = ( { code = "*152*00#"; root = "root"; } );
root = { text = { sw = "Huduma"; };
  menu = ( { sw = "Maji"; next = "maji"; } ); };
institutions = "institutions";
END
	write_file("$folder/institutions/$name.cfg", <<"END");
$name: { title = { sw = "$title"; }; doors = { ussd = "home"; };
  states = { home = { end = { sw = "$text"; }; }; }; };
END
}

sub drawn {
	my ($status, $out, $err) = graph(@_);

	is("$status$err", $good, "graph @_");
	return read_drawing($out);
}

# Nodes with their labels, edges, and clusters, as Graphviz understood them.
sub read_drawing {
	my ($dot) = @_;
	my (%drawing, @edges);

	write_file("$folder/dot", $dot);
	my $svg = `dot -Tsvg '$folder/dot' 2>&1`;
	is($?, 0, 'dot reads it') or diag($svg);
	utf8::decode($svg);
	while ($svg =~ m{class="(node|edge|cluster)">\s*<title>(.*?)</title>(.*?)
	    (?=</g>)}gsx) {
		my ($class, $name, $rest) = ($1, plain($2), $3);
		my $label = join("\n",
		    map { plain($_) } $rest =~ m{<text[^>]*>(.*?)</text>}g);

		$drawing{nodes}{$name} = $label if $class eq 'node';
		push(@{ $drawing{clusters} }, $name) if $class eq 'cluster';
		push(@edges, ($name =~ s/->/ -> /r) .
		    ($label eq '' ? '' : ": $label")) if $class eq 'edge';
	}
	$drawing{edges} = [ sort @edges ];
	return \%drawing;
}

sub plain {
	my ($text) = @_;
	my %signs = (lt => '<', gt => '>', quot => '"', amp => '&');

	return $text =~ s/&#(\d+);/chr($1)/ger =~
	    s/&(lt|gt|quot|amp);/$signs{$1}/ger;
}

sub graph {
	my $out = `cd '$folder' && '$build/mlango' graph @{[ map { "'$_'" } @_ ]} 2>err`;
	my $status = $? >> 8;

	utf8::decode($out);
	open(my $in, '<', "$folder/err") or die "err: $!";
	local $/;
	return ($status, $out, scalar(<$in>) // '');
}

sub write_file {
	my ($path, $text) = @_;

	make_path(dirname($path));
	open(my $file, '>:encoding(UTF-8)', $path) or die "$path: $!";
	print $file $text;
	close($file) or die "$path: $!";
}
