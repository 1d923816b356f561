#!/usr/bin/perl
# Menus that lead to themselves, go in circles or are a thousand deep are
# refused with the line where that begins, by mlango check and by the daemon
# before it serves anybody.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;

my ($good, $data) = (0, 65);
my $deep = 1000;
my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/../..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);
my $end = 'bye = { end = { sw = "Basi."; en = "Done."; }; };';

mkdir("$folder/institutions");
keep('secret', "hush\n", 0600);
keep('gateway.cfg', <<"END");
dialects = "$source/config/dialects.cfg";
redis = { socket = "$folder/none.sock"; };
links = ( { name = "voda"; hosts = [ "127.0.0.1" ]; port = 1; system_id = "me";
  password_file = "secret"; dialect = "spec"; } );
END

# What stands under @ is the line that must be told.
refuses('a state that routes to itself', institution(<<'END'));
  one = { route = ( { when = "lang == 'sw'"; next = "bye"; },@
                    { next = "one"; } ); };
END
refuses('two states that route to one another', institution(<<'END'));
  one = { route = ( { when = "lang == 'sw'"; next = "two"; }, { next = "bye"; } ); };@
  two = { route = ( { when = "lang == 'en'"; next = "one"; }, { next = "bye"; } ); };
END
refuses('a call that fails into itself', institution(<<'END'));
  one = { call = "ask"; ok = "bye"; missing = "bye"; fail = "one"; slow = "bye"; };@
END
refuses('a circle through an empty list', institution(<<'END'));
  one = { call = "ask"; ok = "pick"; missing = "bye"; fail = "bye"; slow = "bye"; };@
  pick = { text = { sw = "Chagua"; en = "Choose"; }; next = "bye";
    list = { rows = "rows"; show = "label"; into = "row"; value = "label"; empty = "one"; }; };
END
refuses('a dialogue that runs itself',
    institution('  one = { sub = "d"; done = "bye"; };', <<'END'));
  dialogues = { d = { start = "again"; gives = [ "done" ]; states = {@
    again = { sub = "d"; done = "return done"; };
  }; }; };
END
is_served("$deep routes, one behind the other", institution(
    join('', map { "  s$_ = { route = ( { when = \"lang == 'sw'\"; next = \""
    . ($_ < $deep ? 's' . ($_ + 1) : 'bye')
    . "\"; }, { next = \"bye\"; } ); };\n" } 1 .. $deep)
    . '  one = { route = ( { next = "s1"; } ); };'));

# Menus one behind the other are no circle, and 0 and 00 lead out of them.
keep('institutions/a.cfg', institution(
    join('', map { "  s$_ = { text = { sw = \"M\"; en = \"M\"; }; "
    . 'menu = ( { sw = "N"; en = "N"; next = "'
    . ($_ < $deep ? 's' . ($_ + 1) : 'bye') . "\"; } ); };\n" } 1 .. $deep)
    . '  one = { route = ( { next = "s1"; } ); };'));
like((ask('check', "$folder/menus.cfg"))[1],
    qr/a\.cfg:\d+: warning: .*cannot come to the end/,
    "$deep menus, one behind the other, are told of with a line");

# The root menu is the gateway's own: with a fault in it nobody is served.
keep('institutions/a.cfg', institution('  one = { route = ( { next = "bye"; } ); };'));
my $nest = qq[{ key = "1"; sw = "M"; en = "M"; menu = (\n];
root($nest x $deep . '{ key = "1"; sw = "A"; en = "A"; next = "a"; }'
    . ' ) }' x $deep);
my ($status, $said) = ask('check', "$folder/menus.cfg");
is($status, $data, "a root menu $deep deep is refused");
like($said, qr/menus\.cfg:\d+: error: .*deep/, 'with its line');
($status, $said) = ask('run', '-c', "$folder/gateway.cfg");
is($status, $data, 'and the daemon does not start with it');
like($said, qr/menus\.cfg:\d+: error: .*deep/, 'and names the line too');
done_testing();

sub institution {
	my ($states, $more) = (@_, '');

	return <<"END";
a: { title = { sw = "A"; en = "A"; };
  base = "http://127.0.0.1:1";
  doors = { ussd = "home"; };
  vars = { rows = { type = "rows"; max = 3; cols = [ "label" ]; width = 5; };
    row = { type = "text"; max = 5; }; };
  apis = { ask = { get = "/x"; timeout = 1000; take = { rows = "\$.r[*](label)"; }; }; };
$more
  states = {
  home = { text = { sw = "A"; en = "A"; };
    menu = ( { sw = "B"; en = "B"; next = "one"; }, { sw = "C"; en = "C"; next = "bye"; } ); };
$states
  $end
  };
};
END
}

sub refuses {
	my ($what, $text) = @_;
	my @lines = split(/\n/, $text);
	my ($line) = grep { $lines[$_ - 1] =~ /\@/ } 1 .. @lines;

	keep('institutions/a.cfg', $text =~ s/\@//gr);
	root('{ key = "1"; sw = "A"; en = "A"; next = "a"; }');
	my ($status, $said) = ask('check', "$folder/menus.cfg");
	is($status, $data, "$what is refused");
	like($said, qr/^\S*a\.cfg:$line: error: .*circle/m, 'with its line');
}

sub is_served {
	my ($what, $text) = @_;

	keep('institutions/a.cfg', $text);
	root('{ key = "1"; sw = "A"; en = "A"; next = "a"; }');
	keep('through.talk', "They are gone through.\nmenu menus.cfg\n"
	    . "> 255700000001 dials \"*152*00*1*1#\"\n< end \"=Basi.\"\n");
	my ($status, $said) = ask('talk', "$folder/through.talk");
	is($status, $good, "$what are gone through") or diag($said);
}

sub root {
	keep('menus.cfg', <<"END");
langs = [ "sw", "en" ];
limits = { septets = 160; ucs2 = 70; pages = 6; session = 120; };
codes = ( { code = "*152*00#"; root = "root"; } );
institutions = "institutions";
root = { text = { sw = "R"; en = "R"; }; menu = ( $_[0] ); };
END
}

sub ask {
	my $pid = open(my $out, '-|') // die "fork: $!";

	if ($pid == 0) {
		open(STDERR, '>&', \*STDOUT);
		exec("$build/mlango", @_) or exit 127;
	}
	my $said = do { local $/; <$out> } // '';
	close($out);
	return ($? >> 8, $said);
}

sub keep {
	my ($name, $text, $mode) = @_;

	open(my $out, '>', "$folder/$name") or die "$name: $!";
	print $out $text;
	close($out) or die "$name: $!";
	chmod($mode // 0644, "$folder/$name");
}
