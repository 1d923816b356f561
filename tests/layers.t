#!/usr/bin/perl
# Holds the code to the shape that docs/ARCHITECTURE.md tells: folders build on
# one another in one direction, libraries stay behind their walls, menus/ is
# pure, and a file stays short enough to be read.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use Test::More;

my @folders = qw(base config menus storage gateway simulator);
my $longest = 500;

# A library by its header, and the files that may know it.
my @walls = (
	[ 'libsmpp34', qr{^libsmpp34/}, qr{^gateway/pdu(_\w+)?\.c$} ],
	[ 'hiredis', qr{^hiredis/}, qr{^storage/(connection|redis)\.c$} ],
	[ 'libcurl', qr{^curl/}, qr{^gateway/http_client\.c$} ],
	[ 'jansson', qr{^jansson\.h$}, qr{^gateway/document(_\w+)?\.[ch]$} ],
	[ 'libconfig', qr{^libconfig\.h}, qr{^(config/|menus/parse)} ],
	[ 'ICU', qr{^unicode/}, qr{^base/gsm_icu\.c$} ],
	[ 'OpenSSL', qr{^openssl/},
	    qr{^(base/digest\.c|gateway/tls(_\w+)?\.[ch])$} ],
	[ 'PCRE2', qr{^pcre2}, qr{^menus/pattern\.c$} ],
	[ 'libedit', qr{^(histedit|editline/)}, qr{^simulator/} ],
	[ 'libevent', qr{^ev(ent2?/|ent\.h|http|dns)}, qr{^(storage|gateway|simulator)/} ],
);

# What would make a menu depend on more than its file and its input.
my $impure = qr{^(base/(clock|log)\.h|(sys/)?time\.h|sys/socket\.h|unistd\.h)$};

my $source = $ENV{MLANGO_SRCDIR} // dirname(__FILE__) . '/..';

is_deeply([ faults($source) ], [], 'the code keeps to its folders and walls');
prove_by($_) for (
	[ 'including a folder above', 'base/a.c', '#include "gateway/b.h"',
	    'base/a.c: base may not include gateway/b.h' ],
	[ 'including a neighbour', 'menus/a.h', '# include "storage/b.h"',
	    'menus/a.h: menus may not include storage/b.h' ],
	[ 'including without a folder', 'base/a.c', '#include "b.h"',
	    'base/a.c: b.h lacks its folder' ],
	[ 'including what is not there', 'gateway/a.c', '#include "base/gone.h"',
	    'gateway/a.c: there is no base/gone.h' ],
	[ 'reaching into the tests', 'gateway/a.c', '#include "tests/b.h"',
	    'gateway/a.c: gateway may not include tests/b.h' ],
	[ 'libsmpp34 outside', 'gateway/link.c', '#include <libsmpp34/smpp34.h>',
	    'gateway/link.c: libsmpp34 is behind a wall' ],
	[ 'hiredis outside', 'storage/queue.c', '#include <hiredis/async.h>',
	    'storage/queue.c: hiredis is behind a wall' ],
	[ 'hiredis in a header', 'storage/redis.h', '#include <hiredis/async.h>',
	    'storage/redis.h: hiredis is behind a wall' ],
	[ 'libcurl outside', 'gateway/turn.c', '#include <curl/curl.h>',
	    'gateway/turn.c: libcurl is behind a wall' ],
	[ 'jansson outside', 'storage/a.c', '#include <jansson.h>',
	    'storage/a.c: jansson is behind a wall' ],
	[ 'libconfig outside', 'gateway/a.c', '#include <libconfig.h>',
	    'gateway/a.c: libconfig is behind a wall' ],
	[ 'ICU outside', 'menus/a.c', '#include <unicode/ustring.h>',
	    'menus/a.c: ICU is behind a wall' ],
	[ 'OpenSSL outside', 'gateway/a.c', '#include <openssl/evp.h>',
	    'gateway/a.c: OpenSSL is behind a wall' ],
	[ 'PCRE2 outside', 'menus/step.c', '#include <pcre2.h>',
	    'menus/step.c: PCRE2 is behind a wall' ],
	[ 'libedit outside', 'gateway/a.c', '#include <histedit.h>',
	    'gateway/a.c: libedit is behind a wall' ],
	[ 'libevent in a menu', 'menus/a.c', '#include <event2/event.h>',
	    'menus/a.c: libevent is behind a wall' ],
	[ 'a clock in a menu', 'menus/a.c', '#include "base/clock.h"',
	    'menus/a.c: a menu may not know base/clock.h' ],
	[ 'the time in a menu', 'menus/a.c', '#include <time.h>',
	    'menus/a.c: a menu may not know time.h' ],
	[ 'a log in a menu', 'menus/a.c', '#include "base/log.h"',
	    'menus/a.c: a menu may not know base/log.h' ],
	[ 'a file too long', 'config/a.c', "int a;\n" x 501,
	    'config/a.c: 501 lines are too many' ],
);
done_testing();

# Seeds one fault in a tree that has none, and wants to hear of just that one.
sub prove_by {
	my ($name, $file, $text, $fault) = @{ $_[0] };
	my $root = tempdir(CLEANUP => 1);

	seed_sound_tree($root);
	is_deeply([ faults($root) ], [], "before $name there is nothing to say")
	    or return;
	write_file("$root/$file", "$text\n");
	is_deeply([ faults($root) ], [$fault], "$name is told");
}

sub seed_sound_tree {
	my ($root) = @_;

	for my $folder (@folders) {
		write_file("$root/$folder/may_include", join(' ', 'base',
		    $folder eq 'base' ? () : $folder) . "\n");
		write_file("$root/$folder/b.h",
		    "#include <stdint.h>\n#include \"base/b.h\"\n");
	}
	write_file("$root/base/$_.h", '') for qw(clock log);
	write_file("$root/gateway/pdu.c", "#include <libsmpp34/smpp34.h>\n");
}

sub write_file {
	my ($path, $text) = @_;

	make_path(dirname($path));
	open(my $out, '>', $path) or die "$path: $!";
	print $out $text;
	close($out) or die "$path: $!";
}

sub faults {
	my ($root) = @_;

	return map { folder_faults($root, $_) } @folders;
}

sub folder_faults {
	my ($root, $folder) = @_;
	my @paths = sort glob("$root/$folder/*.[ch]");
	my %may = map { $_ => 1 } split(' ', read_file("$root/$folder/may_include"));

	return "$folder: there is no code" if !@paths;
	return map { file_faults($root, substr($_, length("$root/")), \%may) }
	    @paths;
}

sub file_faults {
	my ($root, $file, $may) = @_;
	my @lines = split(/\n/, read_file("$root/$file"));
	my @faults;

	push @faults, scalar(@lines) . ' lines are too many'
	    if @lines > $longest;
	for (@lines) {
		push @faults, ours($root, $file, $1, $may)
		    if /^\s*#\s*include\s*"([^"]*)"/;
		push @faults, theirs($file, $1)
		    if /^\s*#\s*include\s*<([^>]*)>/;
	}
	return map { "$file: $_" } @faults;
}

sub ours {
	my ($root, $file, $header, $may) = @_;
	my ($folder) = $file =~ m{^(\w+)/};

	return "$header lacks its folder" if $header !~ m{^(\w+)/};
	return "$folder may not include $header" if !$may->{$1};
	return "there is no $header"
	    if !-e "$root/$header" && !is_made($header);
	return "a menu may not know $header"
	    if $folder eq 'menus' && $header =~ $impure;
	return;
}

# What the build makes is not beside the source.
sub is_made {
	return $_[0] =~ /\.inc$/;
}

sub theirs {
	my ($file, $header) = @_;
	my @faults;

	for (@walls) {
		my ($library, $is_its, $may_know) = @$_;

		push @faults, "$library is behind a wall"
		    if $header =~ $is_its && $file !~ $may_know;
	}
	push @faults, "a menu may not know $header"
	    if $file =~ m{^menus/} && $header =~ $impure;
	return @faults;
}

sub read_file {
	my ($path) = @_;

	open(my $in, '<', $path) or die "$path: $!";
	local $/;
	return scalar(<$in>) // '';
}
