#!/usr/bin/perl
# Menus that are read again: what is well is swapped in, what is not hurts
# nobody else, who has begun stays where they began; and a hundred times over
# under traffic, no turn fails and nothing piles up.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Copy qw(copy);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use Test::More;
use Time::HiRes qw(sleep);

# MLANGO_RELOADS: how often under traffic.
my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);
my $reloads = $ENV{MLANGO_RELOADS} // 100;

$ENV{MLANGO_DATADIR} = "$source/config";

my $menus = <<'END';
langs = [ "sw", "en" ];
codes = ( { code = "*152*00#"; root = "root"; } );
root = { text = { sw = "Huduma"; en = "Services"; };
  menu = ( { sw = "Maji"; en = "Water"; next = "maji"; },
           { sw = "Elimu"; en = "Education"; next = "elimu"; } ); };
institutions = "institutions";
END

# What becomes of a new Maji and a new Elimu, with a fault or without.
plays('a good change', 2, 2);
plays('a stray brace', 1, 2, maji => institution('maji', 2) . "};\n");
plays('a foreign top-level setting', 1, 2,
    maji => institution('maji', 2) . "elimu = { };\n");
plays('a binary in a file', 1, 2,
    maji => join('', map { chr($_ * 7 % 256) } 0 .. 999));
plays('a door that leads nowhere', 1, 2,
    maji => institution('maji', 2) =~ s/ussd = "home"/ussd = "hone"/r);
plays('a menus file that does not parse', 1, 1, menus => "langs = [ \"sw\" ;\n");
plays('a menus file without its folder', 1, 1,
    menus => $menus =~ s/= "institutions"/= "nowhere"/r);
plays('another head and a bad file', 1, 2,
    menus => $menus =~ s/Huduma/Milango/r, maji => "maji: {\n");
plays('a talk that goes as written', 2, 2, maji => talking('maji 2'));
plays('a talk that does not', 1, 2, maji => talking('maji 3'));
plays('a key that is gone', 1, 2, lock => "key maji/home 7 -> bye\n");
plays('a key of the root that is gone', 1, 1, lock => "key root/root 7 -> x\n");
plays('a lock that does not parse', 1, 1, lock => "key to all\n");
reloads_under_traffic();
done_testing();

# One citizen begins on the old menus and stays there; those who come later
# see these editions.
sub plays {
	my ($what, $maji, $elimu, %other) = @_;
	my $place = "$folder/" . $what =~ s/\W/_/gr;

	write_menus("$place/old", $menus, institution('maji', 1),
	    institution('elimu', 1));
	write_menus("$place/new", $other{menus} // $menus,
	    $other{maji} // institution('maji', 2), institution('elimu', 2));
	write_file("$place/new/menus.lock", $other{lock}) if $other{lock};
	write_file("$place/it.talk", <<"END");
After a reload with $what.

menu old/menus.cfg
> 255700000001 dials "*152*00*1#"
< "maji 1"
* the menus become new/menus.cfg
* gateway a reads its menus again
> "1"
< end "maji 1 ends"
> 255700000002 dials "*152*00*1#"
< "maji $maji"
> 255700000003 dials "*152*00*2#"
< "elimu $elimu"
* gateway a reads its menus again
> 255700000002 answers "1"
< end "maji $maji ends"
END
	my $said = `'$build/mlango' talk $place/it.talk 2>&1`;
	is($? >> 8, 0, "$what is taken as it should be") or diag($said);
}

sub institution {
	my ($name, $edition) = @_;

	return <<"END";
$name: {
  title = { sw = "$name"; en = "The $name"; };
  doors = { ussd = "home"; };
  states = {
    home = { text = { sw = "$name $edition"; en = "The $name $edition"; };
      menu = ( { sw = "Endelea"; en = "Go on"; next = "bye"; } ); };
    bye = { end = { sw = "$name $edition ends"; en = "The $name $edition ends"; }; };
  };
};
END
}

# Its second edition, with a talk that expects WHAT.
sub talking {
	my ($what) = @_;

	return institution('maji', 2) =~ s/^  states/  talks = ( { name = "it";
    dial = "*152*00*1#"; say = ( "< $what" ); } );\n  states/mr;
}

sub write_menus {
	my ($place, $head, $maji, $elimu) = @_;

	make_path("$place/institutions");
	write_file("$place/menus.cfg", $head);
	write_file("$place/institutions/maji.cfg", $maji);
	write_file("$place/institutions/elimu.cfg", $elimu);
}

# mlango bench makes the traffic, on a copy of its files, and counts what fails.
sub reloads_under_traffic {
	my $data = "$folder/data";
	my $file = "$data/bench/institutions/maji.cfg";
	my (@rss, $log);

	make_path("$data/bench/institutions", "$folder/tmp");
	copy("$source/config/$_", "$data/$_") or die "$_: $!"
	    for qw(dialects.cfg gateway.cfg.sample menus.cfg bench/menus.cfg
	    bench/institutions/maji.cfg);
	local $ENV{MLANGO_DATADIR} = $data;
	local $ENV{TMPDIR} = "$folder/tmp";
	my $maji = content_of($file);
	my $bench = open(my $out, '-|', "exec '$build/mlango' bench -n 20 -t 600 2>&1")
	    // die "bench: $!";
	my $gateway = becomes(sub { child_named($bench, 'run') });
	ok($gateway, 'there is traffic');
	$log = becomes(sub { (glob("$folder/tmp/*/gateway.log"))[0] });
	ok(becomes(sub { content_of($log) =~ /links|bound/ }), 'and a link');
	for my $n (1 .. $reloads) {
		write_file("$file.new", "# Edition $n\n$maji");
		rename("$file.new", $file) or die "$file: $!";
		kill('HUP', $gateway);
		becomes(sub {
			my @told = content_of($log) =~ / menus: reloaded: new /g;
			return @told >= $n;
		}) or last;
		push(@rss, resident($gateway)) if $n % ($reloads / 10) == 0;
	}
	is(scalar(@rss), 10, "it reads them $reloads times");
	note("KB: @rss");
	SKIP: {
		skip('a sanitizer keeps what was freed', 1)
		    if system("grep -q __asan_init '$build/mlango'") == 0;
		cmp_ok($rss[-1], '<', $rss[1] + 4096, 'its memory does not grow');
	}
	ok(becomes(sub { kept_for_good() == 3 }),
	    'Redis keeps the live menus, and what was live not for ever');
	kill('INT', $bench);
	my $said = do { local $/; <$out> };
	close($out);
	note($said);
	like($said, qr/^turns +[1-9]/m, 'there were turns');
	like($said, qr/^errors +0$/m, 'and none failed');
}

# A manifest, a source, and which was published last.
sub kept_for_good {
	my ($socket) = glob("$folder/tmp/*/redis.sock");
	my @keys = split("\n", `redis-cli -s $socket --scan --pattern '*graph:*'`);

	return grep { `redis-cli -s $socket pttl $_` == -1 } @keys;
}

sub child_named {
	my ($parent, $word) = @_;

	for my $status (glob('/proc/[0-9]*/status')) {
		my $process = dirname($status);
		next if content_of($status) !~ /^PPid:\s+$parent$/m;
		return $process =~ s{.*/}{}r
		    if content_of("$process/cmdline") =~ /\0$word\0/;
	}
	return undef;
}

# In KB.
sub resident {
	my ($process) = @_;

	return content_of("/proc/$process/status") =~ /^VmRSS:\s+(\d+)/m ? $1 : 0;
}

# What a condition gives, and no longer than half a minute after.
sub becomes {
	my ($holds) = @_;
	my $until = time() + 30;

	while (time() < $until) {
		my $held = $holds->();
		return $held if $held;
		sleep(0.005);
	}
	return undef;
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
