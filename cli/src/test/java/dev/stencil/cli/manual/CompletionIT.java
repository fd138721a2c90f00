package dev.stencil.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real shells propose what is there; each claim is made of all three. */
class CompletionIT {
    @TempDir
    static Path root;

    @BeforeAll
    static void aHostWithTemplatesAndContainers() throws IOException {
        Documents.write(root.resolve("share"));
        Path area = root.resolve("srv/templates");
        for (String set : List.of(
                "debian/12/x86_64/config/os/default",
                "debian/12/x86_64/config/os/minimal",
                "debian/12/x86_64/config/app/nginx/default",
                "debian/12/x86_64/config/app/nginx/extras",
                "centos/7/x86_64/config/os/default",
                "centos/7/x86_64/config/app/httpd/default")) {
            Files.createDirectories(area.resolve(set));
        }
        Path conf = Files.createDirectories(root.resolve("etc/vz/conf"));
        Files.writeString(root.resolve("etc/vz/vz.conf"), "LOCKDIR=\"/vz/lock\"\nTEMPLATE=\"/srv/templates\"\n");
        Files.writeString(conf.resolve("101.conf"), "OSTEMPLATE=\".debian-12-x86_64\"\n");
        Files.writeString(conf.resolve("102.conf"), "OSTEMPLATE=\".centos-7-x86_64\"\n");
        Files.writeString(conf.resolve("0.conf"), "");
        Files.writeString(conf.resolve("ve-basic.conf-sample"), "");
        Path names = Files.createDirectories(root.resolve("etc/vz/names"));
        Files.createSymbolicLink(names.resolve("web"), conf.resolve("101.conf"));
    }

    @ParameterizedTest
    @EnumSource
    void firstWordsOfCommands(Shell shell) throws IOException {
        assertThat(proposals(shell, "vzpkg inst")).containsExactly("install");
        assertThat(proposals(shell, "vzpkg "))
                .contains("list", "create", "lock", "help")
                .doesNotContain("sync_vzpackages");
        assertThat(proposals(shell, "vzctl st")).containsExactlyInAnyOrder("start", "stop", "status");
    }

    @ParameterizedTest
    @EnumSource
    void secondWordsOfCommands(Shell shell) throws IOException {
        assertThat(proposals(shell, "vzpkg create ")).contains("cache", "appcache");
        assertThat(proposals(shell, "vzpkg lock v")).containsExactly("verify");
        assertThat(proposals(shell, "vzpkg update ")).contains("cache", "101");
    }

    @ParameterizedTest
    @EnumSource
    void longOptionsOfTheCommandOnly(Shell shell) throws IOException {
        assertThat(proposals(shell, "vzpkg create cache --f")).containsExactly("--force");
        assertThat(proposals(shell, "vzpkg create cache debian-12-x86_64 --l")).containsExactly("--locked");
        assertThat(proposals(shell, "vzpkg clean --l")).isEmpty();
        assertThat(proposals(shell, "vzlist --h")).contains("--hostname");
        assertThat(proposals(shell, "vzpkg list --hel")).containsExactly("--help");
    }

    @ParameterizedTest
    @EnumSource
    void templates(Shell shell) throws IOException {
        assertThat(proposals(shell, "vzpkg create cache deb"))
                .containsExactlyInAnyOrder("debian-12-x86_64", "debian-12-x86_64-minimal");
        assertThat(proposals(shell, "vzpkg create cache --force centos")).containsExactly("centos-7-x86_64");
        assertThat(proposals(shell, "vzctl create 103 --ostemplate cent")).containsExactly("centos-7-x86_64");
    }

    @ParameterizedTest
    @EnumSource
    void containersByIdAndName(Shell shell) throws IOException {
        assertThat(proposals(shell, "vzctl start ")).containsExactlyInAnyOrder("101", "102", "web");
        assertThat(proposals(shell, "vzctl --quiet start w")).containsExactly("web");
        assertThat(proposals(shell, "vzctl create ")).doesNotContain("101");
        assertThat(proposals(shell, "vzlist 10")).containsExactlyInAnyOrder("101", "102");
    }

    @ParameterizedTest
    @EnumSource
    void applicationsOfTheContainersTemplate(Shell shell) throws IOException {
        assertThat(proposals(shell, "vzpkg install 101 ")).containsExactlyInAnyOrder("nginx", "nginx-extras");
        assertThat(proposals(shell, "vzpkg install web nginx ng")).contains("nginx-extras");
        assertThat(proposals(shell, "vzpkg install 102 ")).containsExactly("httpd");
    }

    @ParameterizedTest
    @EnumSource
    void valuesOfOptions(Shell shell) throws IOException {
        assertThat(proposals(shell, "vzctl create 103 --config ")).containsExactly("basic");
        assertThat(proposals(shell, "prlctl set 101 --autostart o")).containsExactlyInAnyOrder("on", "off");
    }

    private static List<String> proposals(Shell shell, String line) throws IOException {
        String tool = line.substring(0, line.indexOf(' '));
        String begun = line.substring(line.lastIndexOf(' ') + 1);
        try (Stream<String> lines = new HostPrograms()
                .run(shell.proposing(root.resolve("share"), tool, line)
                        .env("STENCIL_ROOT", root.toString())
                        .env("HOME", root.toString())
                        .env("TERM", "dumb"))
                .orThrow()
                .text()
                .lines()) {
            return lines.map(proposal -> proposal.split("\t")[0].strip())
                    .filter(proposal ->
                            !proposal.isEmpty() && proposal.startsWith(begun)) // fish also shows what is like it
                    .distinct()
                    .toList();
        }
    }

    /** How each shell is asked what it would propose behind a line. */
    enum Shell {
        BASH {
            @Override
            Program proposing(Path share, String tool, String line) {
                String script =
                        """
                        . "$1/bash-completion/completions/$2"
                        read -ra COMP_WORDS <<<"$3"
                        [[ $3 == *' ' ]] && COMP_WORDS+=('')
                        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                        "_$2"
                        ((${#COMPREPLY[@]})) && printf '%s\\n' "${COMPREPLY[@]}"
                        exit 0
                        """;
                return Program.of("bash", "--norc", "-c", script, "bash", share.toString(), tool, line);
            }
        },
        ZSH {
            @Override
            Program proposing(Path share, String tool, String line) {
                // A terminal of its own, in which TAB is pressed; what compadd is given is written down.
                String script =
                        """
                        zmodload zsh/zpty
                        zpty -b shell zsh -f -i
                        zpty -w shell "PS1= PROMPT= fpath=($1/zsh/site-functions \\$fpath); autoload -U compinit; compinit -u -D"
                        zpty -w shell "setopt no_beep; zstyle ':completion:*' list-colors ''; zstyle ':completion:*' menu no; LISTMAX=1000"
                        zpty -w shell 'compadd() {
                            if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
                            typeset -a __found; builtin compadd -A __found "$@"; print -rl -- "${__found[@]}" >>'$HOME/found'
                            builtin compadd "$@"
                        }'
                        zpty -w shell 'bindkey "^I" complete-word; print ready >'$HOME/ready
                        for ((i = 0; i < 500; i++)); do [[ -e $HOME/ready ]] && break; sleep 0.02; done
                        rm -f $HOME/found $HOME/ready
                        zpty -w -n shell "$3"$'\\t'
                        zpty -w -n shell $'\\x15'"print done >$HOME/ready"$'\\n'
                        for ((i = 0; i < 500; i++)); do [[ -e $HOME/ready ]] && break; sleep 0.02; done
                        zpty -d shell
                        rm -f $HOME/ready
                        [[ ! -e $HOME/found ]] || cat $HOME/found
                        """;
                return Program.of("zsh", "-f", "-c", script, "zsh", share.toString(), tool, line);
            }
        },
        FISH {
            @Override
            Program proposing(Path share, String tool, String line) {
                return Program.of(
                        "fish",
                        "--no-config",
                        "-c",
                        "source $argv[1]/fish/vendor_completions.d/$argv[2].fish; complete -C $argv[3]",
                        share.toString(),
                        tool,
                        line);
            }
        };

        abstract Program proposing(Path share, String tool, String line);
    }
}
